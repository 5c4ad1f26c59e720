import { eventually } from '../../services/shared/testing/eventually';
import type { Person } from '../../operations/client/api';
import { withClient } from '../../operations/postgres/client';
import { withRedis } from '../../tools/stack/redis';
import { deadLetters } from '../../operations/operator/dead-letters';
import { Operator } from '../../operations/operator/operator';
import { reconcile } from '../../operations/operator/reconcile';
import { startExchange, type Exchange } from './support/exchange';
import { balanceOf, expectMoneyInOrder } from './support/money';

const TASKS = 12;
/** Nobody helps: the start of the service, ten quiet seconds, the next round, the delivery. */
const RECOVERED_MS = 60_000;

let exchange: Exchange;
let worker: Person;

beforeAll(async () => {
  exchange = await startExchange();
  worker = await exchange.hire('worker');
}, 120_000);
afterAll(() => exchange.stop());

interface Task {
  id: string;
  fee: bigint;
  reward: bigint;
}

async function dealTask(index: number): Promise<Task> {
  const body = { title: `[LOST-${index}] Survive an emptied broker`, deal: true };
  const { body: task } = await exchange.admin.post('/tasks', body);
  return { id: task.id, fee: BigInt(task.fee.amount), reward: BigInt(task.reward.amount) };
}

const sum = (amounts: readonly bigint[]): bigint => amounts.reduce((a, b) => a + b, 0n);

/** Waits until Board has handed all its events to the broker. */
function allPublished(): Promise<unknown> {
  const url = exchange.stack.databases.administratorUrl('board');
  return eventually('everything is published', () =>
    withClient(url, async (client) => {
      const sql = 'SELECT count(*)::integer AS count FROM outbox WHERE published_at IS NULL';
      return (await client.query<{ count: number }>(sql)).rows[0]!.count === 0;
    }),
  );
}

it('every event arrives within a minute after the broker has lost those of a dead consumer', async () => {
  const tasks: Task[] = [];
  for (let index = 0; index < TASKS; index += 1) tasks.push(await dealTask(index));
  const charged = -sum(tasks.map(({ fee }) => fee));
  await eventually('the fees', async () => (await balanceOf(worker)) === charged, 30_000);

  const { stack } = exchange;
  await stack.kill('account');
  await stack.kill('account.sidecar');
  for (const { id } of tasks) await worker.post(`/tasks/${id}/finish`);
  await allPublished();
  await withRedis(stack.redisUrl, (redis) => redis.flushall());
  await stack.restart('account.sidecar');
  await stack.restart('account');

  const rewarded = charged + sum(tasks.map(({ reward }) => reward));
  await eventually(
    'the rewards',
    async () => {
      const { status, body } = await worker.send('GET', '/accounts/me');
      return status === 200 && BigInt(body.balance.amount as string) === rewarded;
    },
    RECOVERED_MS,
  );
  await expectMoneyInOrder(stack);
  const events = await eventually(
    'nothing is missing',
    async () => {
      const { body } = await exchange.admin.get('/operations/status');
      const account = body.services.find(
        ({ service }: { service: string }) => service === 'account',
      );
      const [result] = account.reconciliations;
      return result?.name === 'events' && result.missing === 0 && body.state === 'ok' && result;
    },
    30_000,
  );
  expect(events).toMatchObject({ missing: 0, error: null });
}, 240_000);

it('an operator compares everything, and lists dead letters, from the command line', async () => {
  const { nickname, beakShape } = exchange.admin;
  const operator = await Operator.logIn(exchange.stack.gatewayUrl, nickname, beakShape);
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const code = await reconcile(operator, say);
  const right = (pair: string): string => `${pair}: nothing is missing`;
  expect(lines.sort()).toEqual(
    [
      'account assignments-fees',
      'account attempts-bank-transfers',
      'account events',
      'account finished-tasks-rewards',
      'account letters',
      'auth events',
      'payment bank-transfers-statement',
      'user events',
      'user letters',
    ].map(right),
  );
  expect(code).toBe(0);
  lines.length = 0;
  expect(await deadLetters(operator, ['list'], say)).toBe(0);
  expect(lines).toEqual(['0 open dead letters']);
});
