import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import type { PaymentContext } from '../context';
import { PaymentLab, someOrder } from '../testing/lab';
import { putBankTransfer } from './put-bank-transfer';
import { withdrawBankTransfer } from './withdraw-bank-transfer';

let lab: PaymentLab;
let payment: PaymentContext;
beforeAll(async () => {
  lab = await PaymentLab.start();
  payment = lab.process();
});
afterAll(() => lab.stop());

it('what never arrived is withdrawn once and for ever: an order that comes later is not sent', async () => {
  const order = someOrder();
  const withdraw = () => withdrawBankTransfer(payment, order);
  expect(await atOnce(lab.payment, 'bank_transfers', [withdraw, withdraw])).toEqual({
    done: 2,
  });
  expect(await withdraw()).toMatchObject({ state: 'withdrawn' });
  expect(await putBankTransfer(payment, order)).toMatchObject({ state: 'withdrawn' });
  await lab.nextRun(payment);
  expect(await lab.booked(order.key)).toEqual([]);
});

it('what has arrived stays as it is', async () => {
  const order = someOrder();
  const sent = await putBankTransfer(payment, order);
  expect(await withdrawBankTransfer(payment, order)).toEqual(sent);
});

it('another order under the key is refused', async () => {
  const order = someOrder();
  await withdrawBankTransfer(payment, order);
  const other = withdrawBankTransfer(payment, { ...order, amountCents: 1n });
  await expect(other).rejects.toMatchObject({ status: 422, id: 'key-reused' });
});

it('one that can’t be committed leaves the key free', async () => {
  const order = someOrder();
  await expectRolledBack(lab.payment, 'bank_transfers', () => withdrawBankTransfer(payment, order));
  expect(await putBankTransfer(payment, order)).toMatchObject({ state: 'succeeded' });
});
