import type { ServerResponse } from 'node:http';
import { putLetter } from '../../shared/contracts/calls/notify';
import { userEmail } from '../../shared/contracts/calls/user';
import { query } from '../../shared/db/data-source';
import type { ServiceApp } from '../../shared/runtime/service';
import { eventually } from '../../shared/testing/eventually';
import { TEST_APP_TOKEN, testClient } from '../../shared/testing/test-service';
import { changeOwnBankAccount } from '../ledger/commands/change-own-bank-account';
import { closeByHand } from '../testing/close-by-hand';
import { workerOf } from '../testing/evening-clients';
import {
  ACCOUNTANT,
  brokenInvariants,
  createTestEvening,
  earn,
  holdPayouts,
  openPayee,
  runEvening,
  type TestEvening,
} from '../testing/test-evening';

const MONDAY = '2026-03-02';
const PEOPLE = 40;
/** 18:00 in Moscow. */
const TUESDAYS_CUT_OFF = Date.UTC(2026, 2, 3, 15) / 1_000;

let evening: TestEvening;
let workers: ServiceApp[];

beforeEach(async () => {
  evening = await createTestEvening();
  workers = [workerOf(evening), workerOf(evening), workerOf(evening)];
});
afterEach(async () => {
  for (const worker of workers) await stop(worker);
  for (const worker of workers) await worker.parts.sidecar.close();
  await evening.drop();
});

/** Calls the route of the sidecar's cron binding. */
async function fire(worker: ServiceApp): Promise<number> {
  const answer = await testClient(worker).anonymous().post('/jobs/payouts');
  return answer.status;
}

async function stop(worker: ServiceApp): Promise<void> {
  await Promise.all(worker.runs!.map((run) => run.stop()));
  await worker.close!();
}

const paidCount = async (): Promise<number> => {
  const sql = `SELECT id FROM payouts WHERE state = 'paid'`;
  return (await query(evening.books.database, sql)).length;
};

async function everybodyEarns(): Promise<void> {
  for (let person = 0; person < PEOPLE; person++) {
    await earn(evening.books, await openPayee(evening.books), 100n);
  }
}

describe('the schedule', () => {
  it('fired ten times at once on three workers: one payout and one letter for each', async () => {
    await everybodyEarns();
    await closeByHand(evening.books, MONDAY, ACCOUNTANT);
    const ten = Array.from({ length: 10 }, () => workers.map(fire));
    expect(new Set(await Promise.all(ten.flat()))).toEqual(new Set([200]));
    await eventually('all letters', () => evening.payment.letters.length >= PEOPLE);
    for (const worker of workers) await stop(worker);
    expect(await paidCount()).toBe(PEOPLE);
    expect(new Set(evening.payment.carriedOut.map(({ bankAccount }) => bankAccount)).size).toBe(
      PEOPLE,
    );
    expect(evening.payment.carriedOut).toHaveLength(PEOPLE);
    expect(evening.payment.letters).toHaveLength(PEOPLE);
    expect(await brokenInvariants(evening.books)).toEqual([]);
  });

  it('a minute after the cut-off: the day is closed and paid by itself', async () => {
    await everybodyEarns();
    evening.setNow(new Date('2026-03-02T15:01:00Z'));
    await Promise.all(workers.map(fire));
    await eventually('all paid', async () => (await paidCount()) === PEOPLE);
  });

  it('without the token of the sidecar: refused', async () => {
    const request = testClient(workers[0]!).anonymous().post('/jobs/payouts');
    await request.set({ 'dapr-api-token': `not ${TEST_APP_TOKEN}` }).expect(401);
  });
});

it('no letter holds up money: while Notify keeps everybody waiting, the next day is paid', async () => {
  const waiting: ServerResponse[] = [];
  evening.neighbours.takeOver(/\/invoke\/notify\//, (_, response) => waiting.push(response));
  await everybodyEarns();
  await closeByHand(evening.books, MONDAY, ACCOUNTANT);
  await fire(workers[0]!);
  await eventually('a letter under way', () => waiting.length > 0);
  await everybodyEarns();
  await closeByHand(evening.books, '2026-03-03', ACCOUNTANT);
  await fire(workers[0]!);
  await eventually('all paid', async () => (await paidCount()) === 2 * PEOPLE, 5_000);
  const stopped = stop(workers[0]!);
  for (const response of waiting) response.writeHead(503).end();
  await stopped;
});

it('a closing by hand wakes a worker before its schedule does', async () => {
  const worker = workers[0]!;
  await everybodyEarns();
  await worker.jobs!.find(({ name }) => name === 'listen-for-payouts')!.run();
  await closeByHand(evening.books, MONDAY, ACCOUNTANT);
  await eventually('all paid', async () => (await paidCount()) === PEOPLE);
});

it('payouts that are released wake a worker before its schedule does', async () => {
  const worker = workers[0]!;
  const kesha = await openPayee(evening.books);
  await earn(evening.books, kesha, 100n);
  await closeByHand(evening.books, MONDAY, ACCOUNTANT);
  await holdPayouts(evening.books, kesha);
  await worker.jobs!.find(({ name }) => name === 'listen-for-payouts')!.run();
  await worker.jobs!.find(({ name }) => name === 'measure-payouts')!.run();
  const metrics = await worker.parts.metrics.registry.metrics();
  // Payouts on hold do not count as stuck.
  expect(metrics).toContain('payouts{state="planned",service="account-worker"} 0');
  expect(metrics).toContain('payouts{state="held",service="account-worker"} 1');
  await holdPayouts(evening.books, kesha, false);
  await eventually('paid', async () => (await paidCount()) === 1);
});

const run = (worker: ServiceApp, job: string): Promise<void> =>
  worker.jobs!.find(({ name }) => name === job)!.run();

it('a letter that the service owes is sent once, to the address that User has by then', async () => {
  const [worker, another] = workers;
  const userId = await openPayee(evening.books);
  await changeOwnBankAccount(evening.books, userId, '40817810099910005432');
  const person = { email: 'kesha@popug.example', nickname: 'kesha', locale: 'ru' } as const;
  const letters: object[] = [];
  evening.neighbours.answer(userEmail, ({ params }) =>
    params['id'] === userId ? person : { refuse: 503 },
  );
  evening.neighbours.answer(putLetter, ({ body: letter }) => {
    letters.push(letter);
    return { sent: true, alreadySent: false };
  });
  await Promise.all([run(worker!, 'due-letters'), run(another!, 'due-letters')]);
  await run(worker!, 'due-letters');
  expect(letters).toEqual([
    {
      to: 'kesha@popug.example',
      nickname: 'kesha',
      locale: 'ru',
      letter: { template: 'bank-account-changed', bankAccount: '••••••••••••••••5432' },
    },
  ]);
});

it('the metrics count the letters that wait and those that were given up', async () => {
  const worker = workers[0]!;
  await everybodyEarns();
  await closeByHand(evening.books, MONDAY, ACCOUNTANT);
  evening.payment.isMailUp = false;
  await runEvening(evening.desk);
  await run(worker, 'measure-letters');
  const { registry } = worker.parts.metrics;
  const labels = (state: string): string =>
    `due_letters{state="${state}",service="account-worker"}`;
  expect(await registry.metrics()).toContain(`${labels('due')} ${PEOPLE}`);
  evening.pass(24 * 3_600_000);
  await runEvening(evening.desk);
  await run(worker, 'measure-letters');
  expect(await registry.metrics()).toContain(`${labels('due')} 0`);
  expect(await registry.metrics()).toContain(`${labels('failed')} ${PEOPLE}`);
});

it('the metrics count the payouts by state and tell the last cut-off', async () => {
  const worker = workers[0]!;
  await everybodyEarns();
  await closeByHand(evening.books, MONDAY, ACCOUNTANT);
  await worker.jobs!.find(({ name }) => name === 'measure-payouts')!.run();
  const metrics = await worker.parts.metrics.registry.metrics();
  expect(metrics).toContain(`payouts{state="planned",service="account-worker"} ${PEOPLE}`);
  expect(metrics).toContain('payouts{state="paid",service="account-worker"} 0');
  const seconds = evening.books.clock().getTime() / 1_000;
  expect(metrics).toContain(`business_day_closed_at{service="account-worker"} ${seconds}`);
  const due = /business_day_due_at\{service="account-worker"\} (\d+)/.exec(metrics)?.[1];
  expect(Number(due)).toBe(TUESDAYS_CUT_OFF);
});
