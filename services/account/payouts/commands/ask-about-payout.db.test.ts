import { Sidecar } from '../../../shared/dapr/sidecar';
import { newId } from '../../../shared/kernel/ids';
import { Neighbours } from '../../../shared/testing/neighbours';
import { FakePayment } from '../../testing/fake-payment';
import { newBankAccount } from '../../testing/test-evening';
import { putTransfer } from '../clients/payment';
import type { PayoutContext } from '../context';
import type { Verdict } from '../domain/payout';
import type { Attempt } from '../queries/attempts';
import { askAboutPayout } from './ask-about-payout';

let neighbours: Neighbours;
let sidecar: Sidecar;
let payment: FakePayment;

beforeEach(async () => {
  neighbours = new Neighbours();
  sidecar = new Sidecar({ port: await neighbours.start(), token: 'test' });
  payment = new FakePayment(neighbours);
});
afterEach(async () => {
  await sidecar.close();
  await neighbours.stop();
});

const ask = (key: string): Promise<Verdict> =>
  askAboutPayout({ sidecar } as PayoutContext, { key } as Attempt);
const put = (key: string): Promise<unknown> =>
  putTransfer(sidecar, key, { amount: '100', currency: 'USD', bankAccount: newBankAccount() });

it('a key that Payment does not know: the order never arrived', async () => {
  expect(await ask(newId())).toEqual({ verdict: 'never-arrived' });
});

it('an executed order whose answer was lost: succeeded, however often Payment is asked', async () => {
  const key = newId();
  payment.behave = () => 'lose-done';
  await put(key);
  const first = await ask(key);
  expect(first).toMatchObject({ verdict: 'succeeded' });
  expect(await ask(key)).toEqual(first);
  expect(payment.carriedOut).toHaveLength(1);
});

it.each([
  ['is away', () => (payment.isUp = false), 'unanswered'],
  ['answers nonsense', () => (payment.behave = () => 'garble-always'), 'nonsense'],
])('Payment %s: the outcome stays open', async (_, happens, verdict) => {
  const key = newId();
  happens();
  await put(key);
  expect(await ask(key)).toMatchObject({ verdict });
});
