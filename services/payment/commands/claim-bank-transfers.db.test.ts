import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import type { PaymentContext } from '../context';
import { PaymentLab, someOrder } from '../testing/lab';
import { claimBankTransfers } from './claim-bank-transfers';
import { putBankTransfer } from './put-bank-transfer';

const WAIT_MS = 10_000;

let lab: PaymentLab;
let payment: PaymentContext;
beforeAll(async () => {
  lab = await PaymentLab.start();
  payment = lab.process();
});
afterAll(() => lab.stop());

/** Orders transfers that the bank answers with 503; returns their keys, due for the next claim. */
async function unclear(count: number): Promise<string[]> {
  lab.bank.misbehave({ failWith: 503 });
  const orders = Array.from({ length: count }, () => someOrder());
  for (const order of orders) await putBankTransfer(payment, order);
  lab.bank.misbehave({});
  lab.pass();
  return orders.map(({ key }) => key);
}

const claim = async (limit: number, key: string | null = null): Promise<string[]> => {
  const claimed = await claimBankTransfers(payment, { key, limit, waitMs: WAIT_MS });
  return claimed.map((transfer) => transfer.key);
};

it('two processes at once: each transfer is claimed by one of them', async () => {
  const keys = await unclear(4);
  const claimed: string[] = [];
  const claimTwo = async (): Promise<void> => void claimed.push(...(await claim(2)));
  expect(await atOnce(lab.payment, 'bank_transfers', [claimTwo, claimTwo])).toEqual({ done: 2 });
  expect(claimed.sort()).toEqual([...keys].sort());
  expect(await claim(10)).toEqual([]);
});

it('after the lease the transfer is claimed again, with one more attempt', async () => {
  const [key] = await unclear(1);
  expect(await claim(1, key)).toEqual([key]);
  expect(await claim(1, key)).toEqual([]);
  lab.pass();
  const [again] = await claimBankTransfers(payment, { key: key!, limit: 1, waitMs: WAIT_MS });
  expect(again).toMatchObject({ key, attempts: 3 });
});

it('a settled transfer is never claimed', async () => {
  const order = someOrder();
  await putBankTransfer(payment, order);
  lab.pass();
  expect(await claim(10, order.key)).toEqual([]);
});

it('a claim that can’t be committed leaves the transfer to others', async () => {
  const [key] = await unclear(1);
  await expectRolledBack(lab.payment, 'bank_transfers', () => claim(1, key));
  expect(await claim(1, key)).toEqual([key]);
});
