import { expectRolledBack } from '../../shared/testing/rollback';
import type { ReturnLine } from '../clients/rail';
import type { PaymentContext } from '../context';
import { returnedTransfersAfter } from '../queries/returned-transfers';
import { PaymentLab, someOrder } from '../testing/lab';
import { putBankTransfer } from './put-bank-transfer';
import { recordReturns } from './record-returns';

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

/** Returns the bank's newest line. */
async function newestLine(): Promise<ReturnLine[]> {
  const after = (await lab.lastReturn()) - 1n;
  const answer = await payment.rails.named('bank').returns!(after, AbortSignal.timeout(4_000));
  return 'lines' in answer ? answer.lines : [];
}

const returned = () => returnedTransfersAfter(payment.database, 0n, 100);

it('the same line again changes nothing, as after a lost lease', async () => {
  await paidAndReturned();
  const lines = await newestLine();
  await recordReturns(payment, 'bank', lines);
  await recordReturns(payment, 'bank', lines);
  expect(await returned()).toHaveLength(1);
});

it('the same line in two processes at once is recorded once', async () => {
  await paidAndReturned();
  const lines = await newestLine();
  const before = await returned();
  await Promise.all([1, 2, 3].map(() => recordReturns(payment, 'bank', lines)));
  expect(await returned()).toHaveLength(before.length + 1);
});

it('a crash before the commit loses nothing, and the next try records it', async () => {
  await paidAndReturned();
  const lines = await newestLine();
  const before = await returned();
  await expectRolledBack(lab.payment, 'returned_transfers', () =>
    recordReturns(payment, 'bank', lines),
  );
  await recordReturns(payment, 'bank', lines);
  expect(await returned()).toHaveLength(before.length + 1);
});
