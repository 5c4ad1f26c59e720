/** An exchange with three workers, and somebody who earns there: for tests of the evening. */
import { eventually } from '../../../services/shared/testing/eventually';
import type { Person } from '../../../operations/client/api';
import { transfersTo } from './bank';
import { startExchange, type Exchange } from './exchange';
import { lettersTo } from './mail';
import { balanceOf, expectMoneyInOrder } from './money';

export const WORKERS = ['account-worker', 'account-worker-2', 'account-worker-3'];
export const SETTLE_MS = 90_000;

export let exchange: Exchange;
export let worker: Person;
export let accountant: Person;
/** What the worker had got when the test began. */
export let before: { transfers: number; letters: number };

beforeAll(async () => {
  exchange = await startExchange({ replicas: { 'account-worker': WORKERS.length } });
  worker = await exchange.hire('worker');
  // An administrator is never dealt a task, so all of them land on the worker.
  accountant = exchange.admin;
}, 120_000);
afterAll(() => exchange.stop());
beforeEach(async () => {
  const transfers = await transfersTo(exchange.stack, worker.bankAccount);
  before = { transfers: transfers.length, letters: (await letterIds()).size };
});

/** Lets the worker earn something by a task; answers what they are owed then. */
export async function earn(): Promise<bigint> {
  const { body: task } = await accountant.post('/tasks', { title: '[PAY-1] Earn', deal: true });
  await worker.post(`/tasks/${task.id}/finish`);
  return eventually('everything booked', async () => {
    const { body: page } = await worker.get('/accounts/me/entries?limit=100');
    const kinds = page.items
      .filter((each: { taskId: string }) => each.taskId === task.id)
      .map((each: { kind: string }) => each.kind);
    // The fee may be booked behind the reward, and is a part of what is owed all the same.
    return kinds.sort().join() === 'fee,reward' && (await balanceOf(worker));
  });
}

export async function closeDay(): Promise<string> {
  const { body } = await accountant.get('/business-days');
  const { day } = body.items.find((each: { state: string }) => each.state === 'open');
  await accountant.post(`/business-days/${day}/close`);
  return day as string;
}

/** The balance was paid out by exactly one transfer at the bank. */
export async function expectPaidOnce(owed: bigint): Promise<void> {
  await eventually('paid', isPaid, SETTLE_MS);
  await expectMoneyInOrder(exchange.stack);
  const transfers = await transfersTo(exchange.stack, worker.bankAccount);
  expect(transfers).toHaveLength(before.transfers + 1);
  expect(transfers.map(({ amount }) => amount)).toContain(String(owed));
}

/** True when nothing is owed any more. Throws with how far the newest payout came until then. */
async function isPaid(): Promise<boolean> {
  const balance = await balanceOf(worker);
  if (balance === 0n) return true;
  const { body: page } = await accountant.get('/payouts?limit=1');
  throw new Error(`${balance} cents are owed: ${JSON.stringify(page.items[0])}`);
}

/** Letters to the worker; after a crash one may come again, under the same Message-ID. */
async function letterIds(): Promise<Set<string>> {
  const letters = await lettersTo(exchange.stack, worker.email);
  return new Set(letters.map(({ messageId }) => messageId));
}

/** Exactly so many different letters came since the test began. */
export async function expectLetters(count: number): Promise<void> {
  const expected = before.letters + count;
  await eventually('the letter', async () => (await letterIds()).size >= expected, SETTLE_MS);
  expect((await letterIds()).size).toBe(expected);
}

/** Fires the cron route of every worker, as their sidecars do, all at once. */
export async function fireCron(times: number): Promise<void> {
  const fires = WORKERS.flatMap((name) => {
    const { url, appApiToken } = exchange.stack.service(name);
    const request = { method: 'POST', headers: { 'dapr-api-token': appApiToken } };
    return Array.from({ length: times }, () => fetch(`${url}/jobs/payouts`, request));
  });
  const answers = await Promise.all(fires);
  expect(answers.map(({ status }) => status)).toEqual(fires.map(() => 200));
}
