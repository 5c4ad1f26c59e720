import type { PaymentContext } from '../context';
import { returnedTransfersAfter } from '../queries/returned-transfers';
import { PaymentLab, someOrder } from '../testing/lab';
import { putBankTransfer } from './put-bank-transfer';
import { readReturnPage } from './read-return-page';

let lab: PaymentLab;
let payment: PaymentContext;
beforeAll(async () => {
  lab = await PaymentLab.start();
  payment = lab.process();
});
afterAll(() => lab.stop());

/** Executes a transfer; the bank sends its money back. */
async function paidAndReturned(): Promise<void> {
  const order = someOrder();
  await putBankTransfer(payment, order);
  await lab.giveBack(order.key);
}

const page = { rail: 'bank', after: 0n, waitMs: 4_000 };

it('says how far it read, and nothing of an empty page', async () => {
  await paidAndReturned();
  const last = await lab.lastReturn();
  expect(await readReturnPage(payment, page)).toEqual({ kind: 'read', last });
  expect(await readReturnPage(payment, { ...page, after: last })).toEqual({
    kind: 'read',
    last: null,
  });
});

it('records one line alone, where only that is read again', async () => {
  await paidAndReturned();
  await paidAndReturned();
  const before = await returnedTransfersAfter(payment.database, 0n, 100);
  const position = (await lab.lastReturn()) - 1n;
  await readReturnPage(payment, { ...page, after: position - 1n, only: { position, tries: 1 } });
  const after = await returnedTransfersAfter(payment.database, 0n, 100);
  expect(after).toHaveLength(before.length + 1);
});

it('says why nothing could be read', async () => {
  lab.bank.misbehave({ failWith: 503, failTimes: 1 });
  expect(await readReturnPage(payment, page)).toMatchObject({ kind: 'unclear', isNonsense: false });
});
