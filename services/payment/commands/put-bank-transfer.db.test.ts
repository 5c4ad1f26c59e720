import { query } from '../../shared/db/data-source';
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

it('two orders of one key at once are one transfer', async () => {
  const order = someOrder();
  const put = () => putBankTransfer(payment, order);
  expect(await atOnce(lab.payment, 'bank_transfers', [put, put])).toEqual({ done: 2 });
  expect(await lab.booked(order.key)).toHaveLength(1);
});

it('of two different orders with one key at once one is refused, and the other is sent', async () => {
  const order = someOrder();
  const orders = [order, { ...order, amountCents: 1n }];
  const attempts = orders.map((each) => () => putBankTransfer(payment, each));
  const outcomes = await atOnce(lab.payment, 'bank_transfers', attempts);
  expect(outcomes).toEqual({ done: 1, 'key-reused': 1 });
  expect(await lab.booked(order.key)).toHaveLength(1);
});

it('an order and its withdrawal at once: sent or withdrawn, never both', async () => {
  const order = someOrder();
  const put = () => putBankTransfer(payment, order);
  const withdraw = () => withdrawBankTransfer(payment, order);
  expect(await atOnce(lab.payment, 'bank_transfers', [put, withdraw])).toEqual({ done: 2 });
  const { state } = await put();
  expect(await lab.booked(order.key)).toHaveLength(state === 'withdrawn' ? 0 : 1);
});

it('the bank hears of no order that is not committed', async () => {
  const order = someOrder();
  const put = () => putBankTransfer(payment, order);
  await expectRolledBack(lab.payment, 'bank_transfers', put);
  expect(await lab.booked(order.key)).toEqual([]);
});

it('nothing is ordered while the clocks disagree', async () => {
  const order = someOrder();
  const off = { ...payment, clock: () => new Date(lab.clock().getTime() + 60_000) };
  await expect(putBankTransfer(off, order)).rejects.toMatchObject({ id: 'clock-off' });
  const sql = 'SELECT FROM bank_transfers WHERE key = $1';
  expect(await query(payment.database, sql, [order.key])).toEqual([]);
});
