import type { CrashPoint } from '../../services/shared/runtime/crash-point';
import { setBankSwitches } from '../../scripts/client/bank';
import { eventually } from '../../services/shared/testing/eventually';
import type { Person } from '../../scripts/client/api';
import { transfersTo } from './support/bank';
import { expectMoneyInOrder } from './support/check-money';
import { startExchange, type Exchange } from './support/exchange';
import { lettersTo } from './support/mail';
import { balanceOf } from './support/money';

const WORKERS = ['account-worker', 'account-worker-2', 'account-worker-3'];
const SETTLE_MS = 90_000;

let exchange: Exchange;
let worker: Person;
let accountant: Person;
/** What the worker had got when the test began. */
let before: { transfers: number; letters: number };

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
async function earn(): Promise<bigint> {
  const { body: task } = await accountant.post('/tasks', { title: '[PAY-1] Earn', deal: true });
  await worker.post(`/tasks/${task.id}/finish`);
  return eventually('everything booked', async () => {
    const { body: page } = await worker.get('/accounts/me/entries?limit=100');
    const rewards = page.items.filter((each: { taskId: string; kind: string }) => {
      return each.kind === 'reward' && each.taskId === task.id;
    });
    return rewards.length === 1 && (await balanceOf(worker));
  });
}

async function closeDay(): Promise<string> {
  const { body } = await accountant.get('/business-days');
  const { day } = body.items.find((each: { state: string }) => each.state === 'open');
  await accountant.post(`/business-days/${day}/close`);
  return day as string;
}

/** The balance was paid out by exactly one transfer at the bank. */
async function expectPaidOnce(owed: bigint): Promise<void> {
  await eventually('paid', async () => (await balanceOf(worker)) === 0n, SETTLE_MS);
  await expectMoneyInOrder(exchange.stack);
  const transfers = await transfersTo(exchange.stack, worker.bankAccount);
  expect(transfers).toHaveLength(before.transfers + 1);
  expect(transfers.map(({ amount }) => amount)).toContain(String(owed));
}

/** Letters to the worker; after a crash one may come again, under the same Message-ID. */
async function letterIds(): Promise<Set<string>> {
  const letters = await lettersTo(exchange.stack, worker.email);
  return new Set(letters.map(({ messageId }) => messageId));
}

/** Exactly so many different letters came since the test began. */
async function expectLetters(count: number): Promise<void> {
  const expected = before.letters + count;
  await eventually('the letter', async () => (await letterIds()).size >= expected, SETTLE_MS);
  expect((await letterIds()).size).toBe(expected);
}

/** Fires the cron route of every worker, as their sidecars do, all at once. */
async function fireCron(times: number): Promise<void> {
  const fires = WORKERS.flatMap((name) => {
    const { url, appApiToken } = exchange.stack.service(name);
    const request = { method: 'POST', headers: { 'dapr-api-token': appApiToken } };
    return Array.from({ length: times }, () => fetch(`${url}/jobs/payouts`, request));
  });
  const answers = await Promise.all(fires);
  expect(answers.map(({ status }) => status)).toEqual(fires.map(() => 200));
}

describe('the evening', () => {
  it('pays once when the cron fires ten times at once on three workers', async () => {
    const owed = await earn();
    await closeDay();
    await fireCron(10);
    await expectPaidOnce(owed);
    await expectLetters(1);
  });

  it.each<CrashPoint>([
    'payout:claimed',
    'payout:transferred',
    'payout:recorded',
    'payout:letter-sent',
  ])('pays once when the worker is killed at %s', async (point) => {
    const owed = await earn();
    for (const name of WORKERS.slice(1)) await exchange.stack.kill(name);
    await exchange.stack.restart(WORKERS[0]!, { CRASH_AT: point });
    await exchange.stack.ready(WORKERS[0]!);
    await closeDay();
    await eventually(
      `died at ${point}`,
      () => exchange.stack.pid(WORKERS[0]!) === undefined,
      SETTLE_MS,
    );
    for (const name of WORKERS) await exchange.stack.restart(name, { CRASH_AT: '' });
    await exchange.stack.ready(...WORKERS);
    await expectPaidOnce(owed);
    await expectLetters(1);
  });

  it('closes once when the one who closes by hand is killed', async () => {
    const owed = await earn();
    await exchange.stack.restart('account', { CRASH_AT: 'payout:closed' });
    await exchange.stack.ready('account');
    await expect(closeDay()).rejects.toThrow('503');
    await eventually('account died', () => exchange.stack.pid('account') === undefined);
    await exchange.stack.restart('account', { CRASH_AT: '' });
    await exchange.stack.ready('account');
    await expectPaidOnce(owed);
    await expectLetters(1);
  });

  it.each(['done', 'not-done'])(
    'pays once when the answer of the bank is lost: %s',
    async (how) => {
      const owed = await earn();
      await setBankSwitches(exchange.stack.bankUrl, { loseAnswer: how, loseTimes: 1 });
      await closeDay();
      await expectPaidOnce(owed);
      await expectLetters(1);
    },
  );

  it('keeps a refused payout for the accountant, who retries it', async () => {
    const owed = await earn();
    await setBankSwitches(exchange.stack.bankUrl, { rejectAccounts: [worker.bankAccount] });
    await closeDay();
    const failed = await eventually(
      'failed',
      async () => {
        const { body } = await accountant.get('/payouts?state=failed');
        return body.items[0];
      },
      SETTLE_MS,
    );
    expect(await balanceOf(worker)).toBe(owed);
    await setBankSwitches(exchange.stack.bankUrl, { rejectAccounts: [] });
    await accountant.post(`/payouts/${failed.id}/retry`);
    await expectPaidOnce(owed);
    // One that asks to check the number, one that says it is paid.
    await expectLetters(2);
  });

  it('carries a negative balance and never pays it', async () => {
    const { body: task } = await accountant.post('/tasks', {
      title: '[PAY-2] Stay open',
      deal: true,
    });
    const fee = BigInt(task.fee.amount);
    await eventually('below zero', async () => (await balanceOf(worker)) === -fee);
    const day = await closeDay();
    await eventually('closed', async () => {
      const { body } = await accountant.get(`/business-days/${day}`);
      return body.state === 'closed';
    });
    await expectMoneyInOrder(exchange.stack);
    expect(await balanceOf(worker)).toBe(-fee);
    const transfers = await transfersTo(exchange.stack, worker.bankAccount);
    expect(transfers).toHaveLength(before.transfers);
  });
});
