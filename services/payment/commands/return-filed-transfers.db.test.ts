import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import type { PaymentContext } from '../context';
import { returnedTransfersAfter } from '../queries/returned-transfers';
import { BY_FILE, PaymentLab } from '../testing/lab';
import { confirmPaymentFile } from './confirm-payment-file';
import { returnFiledTransfers } from './return-filed-transfers';

let lab: PaymentLab;
let payment: PaymentContext;
beforeAll(async () => {
  lab = await PaymentLab.start();
  payment = lab.process(lab.bankUrl, BY_FILE);
});
afterAll(() => lab.stop());

const actorId = newId();

/** Returns the part of a file that is all of its transfers, which the bank executed. */
async function executedFile(day: string) {
  const { id: fileId, keys: transactions } = await lab.file(payment, day);
  await confirmPaymentFile(payment, { fileId, actorId, transactions });
  return { fileId, actorId, transactions };
}

const returnedOf = async (keys: readonly string[]): Promise<string[]> =>
  (await returnedTransfersAfter(payment.database, 0n, 100))
    .map(({ key }) => key)
    .filter((key) => keys.includes(key));

it('twice at once: each transfer is returned once', async () => {
  const whole = await executedFile('2026-06-01');
  const giveBack = () => returnFiledTransfers(payment, whole, 'account closed');
  expect(await atOnce(lab.payment, 'returned_transfers', [giveBack, giveBack])).toEqual({
    done: 2,
  });
  expect((await returnedOf(whole.transactions)).sort()).toEqual([...whole.transactions].sort());
});

it('that can’t be audited changes nothing', async () => {
  const whole = await executedFile('2026-06-02');
  await expectRolledBack(lab.payment, 'audit_log', () =>
    returnFiledTransfers(payment, whole, 'account closed'),
  );
});
