import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import type { PaymentContext } from '../context';
import { listPaymentFiles } from '../queries/payment-files';
import { BY_FILE, PaymentLab, someOrder } from '../testing/lab';
import { downloadPaymentFile } from './download-payment-file';
import { putBankTransfer } from './put-bank-transfer';

const bankAccount = '044525225/40817810538091310419';
const actorId = newId();

let lab: PaymentLab;
let payment: PaymentContext;
beforeAll(async () => {
  lab = await PaymentLab.start();
  payment = lab.process(lab.bankUrl, BY_FILE);
});
afterAll(() => lab.stop());

let days = 0;

/** Orders two transfers of a new day; returns the id of their open collection. */
async function collection(): Promise<string> {
  const businessDay = `2026-06-${String((days += 1)).padStart(2, '0')}`;
  await putBankTransfer(payment, someOrder({ bankAccount, businessDay }));
  await putBankTransfer(payment, someOrder({ bankAccount, businessDay }));
  const [newest] = await listPaymentFiles(payment.database, { after: null, limit: 1 });
  return newest!.id;
}

const download = (id: string) => () => downloadPaymentFile(payment, id, actorId);

it('two downloads at once make one file', async () => {
  const id = await collection();
  expect(await atOnce(lab.payment, 'payment_files', [download(id), download(id)])).toEqual({
    done: 2,
  });
  const [file, other] = await listPaymentFiles(payment.database, { after: null, limit: 2 });
  expect(file).toMatchObject({ id, number: 1, waiting: 2 });
  expect(other?.businessDay).not.toBe(file!.businessDay);
});

it('a crash before the commit leaves the collection open, and the next download makes the file', async () => {
  const id = await collection();
  await expectRolledBack(lab.payment, 'audit_log', download(id));
  expect((await download(id)()).document).toContain('<NbOfTxs>2</NbOfTxs>');
});

it('without the company no file is made', async () => {
  const id = await collection();
  const unknown = { ...payment, company: null };
  const made = downloadPaymentFile(unknown, id, actorId);
  await expect(made).rejects.toMatchObject({ id: 'company-unknown' });
});

it('the execution day is today in the business time zone, never before the business day', async () => {
  const id = await collection();
  const late = new Date('2026-07-01T22:30:00Z');
  const context = { ...payment, clock: () => late, now: () => Promise.resolve(late) };
  const { document } = await downloadPaymentFile(context, id, actorId);
  expect(document).toContain('<Dt>2026-07-02</Dt>');
  const next = await collection();
  expect((await download(next)()).document).toContain(
    `<Dt>2026-06-${String(days).padStart(2, '0')}</Dt>`,
  );
});
