import { randomUUID } from 'node:crypto';
import type { CrashPoint } from '../../services/shared/runtime/crash-point';
import { eventually } from '../../services/shared/testing/eventually';
import type { Person } from '../../operations/client/api';
import { startExchange, type Exchange } from './support/exchange';
import { balanceOf, expectMoneyInOrder } from './support/money';

let exchange: Exchange;
let worker: Person;

beforeAll(async () => {
  exchange = await startExchange();
  worker = await exchange.hire('worker');
}, 120_000);
afterAll(() => exchange.stop());

/** Creates a task dealt to the worker; repeats the request with the same id until it succeeds. */
async function dealTask(): Promise<{ id: string; fee: bigint; reward: bigint }> {
  const id = randomUUID();
  const body = { id, title: '[FAULT-1] Survive', deal: true };
  const task = await eventually(
    'the task is created',
    async () => {
      const answer = await exchange.admin.send('POST', '/tasks', body);
      return answer.status === 201 && answer.body;
    },
    60_000,
  );
  return { id, fee: BigInt(task.fee.amount), reward: BigInt(task.reward.amount) };
}

const isDown = (service: string) => (): boolean => exchange.stack.pid(service) === undefined;

/** Restarts a service with a crash point, runs `act` until it crashes, and restarts it again. */
async function crashing(
  service: string,
  point: CrashPoint,
  act: () => Promise<unknown>,
): Promise<void> {
  await exchange.stack.restart(service, { CRASH_AT: point });
  await exchange.stack.ready(service);
  const acting = act();
  await eventually(`${service} died at ${point}`, isDown(service), 30_000);
  await exchange.stack.restart(service, { CRASH_AT: '' });
  await exchange.stack.ready(service);
  await acting;
}

describe('a service killed in the middle of an event', () => {
  it.each<[string, CrashPoint]>([
    ['board', 'outbox:before-commit'],
    ['board', 'outbox:claimed'],
    ['board', 'outbox:published'],
    ['board', 'outbox:marked'],
    ['account', 'inbox:recorded'],
    ['account', 'inbox:before-commit'],
    ['account', 'inbox:after-commit'],
  ])('%s at %s: one fee, one reward, nothing lost', async (service, point) => {
    const before = await balanceOf(worker);
    let task: Awaited<ReturnType<typeof dealTask>> | undefined;
    await crashing(service, point, async () => (task = await dealTask()));
    const { id, fee, reward } = task!;
    await eventually('the fee', async () => (await balanceOf(worker)) === before - fee, 30_000);
    await worker.post(`/tasks/${id}/finish`);
    await eventually(
      'the reward',
      async () => (await balanceOf(worker)) === before - fee + reward,
      30_000,
    );
    await expectMoneyInOrder(exchange.stack);
  });

  it('account killed while the reward arrives: one reward', async () => {
    const task = await dealTask();
    const before = await eventually('the fee', async () => {
      const { body } = await worker.get('/accounts/me/entries');
      return body.items[0]?.taskId === task.id && BigInt(body.items[0].balanceAfter.amount);
    });
    await crashing('account', 'inbox:before-commit', () => worker.post(`/tasks/${task.id}/finish`));
    await eventually('the reward', async () => (await balanceOf(worker)) === before + task.reward);
    await expectMoneyInOrder(exchange.stack);
  });
});

describe('events while a part is away', () => {
  it('wait for Account and are applied when it is back', async () => {
    const before = await balanceOf(worker);
    const task = await dealTask();
    await eventually('the fee', async () => (await balanceOf(worker)) === before - task.fee);
    await exchange.stack.kill('account');
    await worker.post(`/tasks/${task.id}/finish`);
    await exchange.stack.restart('account');
    await exchange.stack.ready('account');
    await eventually(
      'the reward',
      async () => (await balanceOf(worker)) === before - task.fee + task.reward,
      60_000,
    );
    await expectMoneyInOrder(exchange.stack);
  });

  it('leave through the outbox once the sidecar of Board is back', async () => {
    const before = await balanceOf(worker);
    const task = await dealTask();
    await exchange.stack.kill('board.sidecar', 'SIGSTOP');
    const finished = await fetch(`${exchange.stack.service('board').url}/tasks/${task.id}/finish`, {
      method: 'POST',
      headers: {
        'dapr-api-token': exchange.stack.service('board').appApiToken,
        authorization: `Bearer ${worker.token}`,
      },
    });
    expect(finished.status).toBe(200);
    await exchange.stack.kill('board.sidecar', 'SIGCONT');
    const expected = before - task.fee + task.reward;
    await eventually('the reward', async () => (await balanceOf(worker)) === expected, 60_000);
    await expectMoneyInOrder(exchange.stack);
  });
});
