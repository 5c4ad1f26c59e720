/** Shared by tests of the evening: an exchange with three workers, and a person who earns there. */
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
/** The worker's transfers and letters at the beginning of the test. */
export let before: { transfers: number; letters: number };

beforeAll(async () => {
  exchange = await startExchange({ replicas: { 'account-worker': WORKERS.length } });
  worker = await exchange.hire('worker');
  // Administrators are never dealt tasks, so the worker gets all of them.
  accountant = exchange.admin;
}, 120_000);
afterAll(() => exchange.stop());
beforeEach(async () => {
  const transfers = await transfersTo(exchange.stack, worker.bankAccount);
  before = { transfers: transfers.length, letters: (await letterIds()).size };
});

/** Earns the worker money by a task; returns their balance. */
export async function earn(): Promise<bigint> {
  const { body: task } = await accountant.post('/tasks', { title: '[PAY-1] Earn', deal: true });
  await worker.post(`/tasks/${task.id}/finish`);
  return eventually('everything booked', async () => {
    const { body: page } = await worker.get('/accounts/me/entries?limit=100');
    const kinds = page.items
      .filter((each: { taskId: string }) => each.taskId === task.id)
      .map((each: { kind: string }) => each.kind);
    // The fee may be booked after the reward; the balance needs both.
    return kinds.sort().join() === 'fee,reward' && (await balanceOf(worker));
  });
}

export async function closeDay(): Promise<string> {
  const { body } = await accountant.get('/business-days');
  const { day } = body.items.find((each: { state: string }) => each.state === 'open');
  await accountant.post(`/business-days/${day}/close`);
  return day as string;
}

/** Expects that exactly one transfer at the bank paid the balance. */
export async function expectPaidOnce(owed: bigint): Promise<void> {
  await eventually('paid', isPaid, SETTLE_MS);
  await expectMoneyInOrder(exchange.stack);
  const transfers = await transfersTo(exchange.stack, worker.bankAccount);
  expect(transfers).toHaveLength(before.transfers + 1);
  expect(transfers.map(({ amount }) => amount)).toContain(String(owed));
}

/** True when the balance is zero. Throws otherwise, with the newest payout in the message. */
async function isPaid(): Promise<boolean> {
  const balance = await balanceOf(worker);
  if (balance === 0n) return true;
  const { body: page } = await accountant.get('/payouts?limit=1');
  throw new Error(`${balance} cents are owed: ${JSON.stringify(page.items[0])}`);
}

/** Message-IDs of the worker's letters: a letter sent twice after a crash keeps its id. */
async function letterIds(): Promise<Set<string>> {
  const letters = await lettersTo(exchange.stack, worker.email);
  return new Set(letters.map(({ messageId }) => messageId));
}

/** Expects exactly `count` new distinct letters since the beginning of the test. */
export async function expectLetters(count: number): Promise<void> {
  const expected = before.letters + count;
  await eventually('the letter', async () => (await letterIds()).size >= expected, SETTLE_MS);
  expect((await letterIds()).size).toBe(expected);
}

/** Fires the cron route of every worker concurrently, as their sidecars do. */
export async function fireCron(times: number): Promise<void> {
  const fires = WORKERS.flatMap((name) => {
    const { url, appApiToken } = exchange.stack.service(name);
    const request = { method: 'POST', headers: { 'dapr-api-token': appApiToken } };
    return Array.from({ length: times }, () => fetch(`${url}/jobs/payouts`, request));
  });
  const answers = await Promise.all(fires);
  expect(answers.map(({ status }) => status)).toEqual(fires.map(() => 200));
}
