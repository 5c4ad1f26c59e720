import { eventually } from '../../services/shared/testing/eventually';
import type { Person } from '../../operations/client/api';
import { setBankSwitches } from '../../operations/client/bank';
import { startExchange, type Exchange } from './support/exchange';
import { lettersTo } from './support/mail';
import { balanceOf, expectMoneyInOrder } from './support/money';

/** What the pages of the web application ask for, in the order of a day. */
interface Task {
  id: string;
  fee: { amount: string };
  reward: { amount: string };
  price: { amount: string };
}

let exchange: Exchange;
let manager: Person;
let accountant: Person;
let worker: Person;
const tasks: Task[] = [];

beforeAll(async () => {
  exchange = await startExchange();
  manager = await exchange.hireAs('manager');
  // The only employee, so every task lands on them.
  worker = await exchange.hire('worker');
}, 120_000);
afterAll(() => exchange.stop());

const money = (cents: bigint | string): object => ({ amount: String(cents), currency: 'USD' });
const sumOf = (part: 'fee' | 'reward', of: readonly Task[]): bigint =>
  of.reduce((sum, task) => sum + BigInt(task[part].amount), 0n);

async function createTask(title: string): Promise<Task> {
  const { body } = await manager.post('/tasks', { title });
  tasks.push(body as Task);
  return body as Task;
}

const openDay = async (): Promise<string> =>
  (await worker.get('/accounts/me')).body.openDay.day as string;

describe('the board and the distribution', () => {
  it('count, preview and deal what nobody has', async () => {
    await createTask('[PAGE-1] Paint');
    await createTask('[PAGE-2] Polish');
    const { body: counts } = await manager.get('/tasks/counts?view=all');
    expect(counts).toEqual({ open: 2, finished: 0, cancelled: 0, unassigned: 2 });
    const { body: list } = await manager.get('/tasks?view=all&unassigned=true&q=page-2');
    expect(list.items).toMatchObject([{ jiraId: 'PAGE-2', assignedAt: null }]);
    const preview = await manager.get('/distributions/preview?scope=unassigned');
    const fees = money(sumOf('fee', tasks));
    const people = [{ userId: worker.id, taskCount: 2 }];
    expect(preview.body).toMatchObject({ taskCount: 2, fees, people, last: null });
    const dealt = await manager.post('/distributions', { scope: 'unassigned', after: null });
    expect(dealt.body).toMatchObject({ taskCount: 2, fees, people, by: manager.id });
  });

  it('of two who press at once, the second learns who was first', async () => {
    const { body: seen } = await manager.get('/distributions/preview?scope=unassigned');
    await createTask('[PAGE-3] Pack');
    const press = { scope: 'unassigned', after: seen.last.id as string };
    const { body: first } = await exchange.admin.post('/distributions', press);
    const second = await manager.send('POST', '/distributions', press);
    expect(second).toMatchObject({
      status: 409,
      body: { type: 'distributed-meanwhile', last: { id: first.id, by: exchange.admin.id } },
    });
    const { body: history } = await manager.get('/distributions');
    expect(history.items.map(({ by }: { by: string }) => by)).toEqual([
      exchange.admin.id,
      manager.id,
    ]);
  });

  it('show what landed on whom, newest first, and who has how much', async () => {
    const { body: mine } = await worker.get('/tasks?view=mine&status=open&sort=assignedAt');
    expect(mine.items[0]).toMatchObject({ id: tasks[2]!.id, assignmentNumber: 1 });
    const times = mine.items.map(({ assignedAt }: { assignedAt: string }) => assignedAt);
    expect(times).toEqual([...times].sort().reverse());
    const { body: load } = await manager.get('/tasks/load?view=all');
    expect(load.items).toContainEqual({
      userId: worker.id,
      open: 3,
      oldestAssignedAt: times.at(-1),
      finishedInDay: 0,
    });
    expect((await worker.send('GET', '/tasks/load?view=all')).status).toBe(403);
    expect((await worker.get('/tasks/load?view=subordinates')).body.items).toEqual([]);
  });
});

describe('the statement and the accounts', () => {
  it('explain each amount, by kind and by day', async () => {
    await worker.post(`/tasks/${tasks[0]!.id}/finish`);
    const { body } = await eventually('the reward', async () => {
      const answer = await worker.get('/accounts/me/entries?kind=reward');
      return answer.body.items.length > 0 && answer;
    });
    const [{ price }] = tasks as [Task];
    const day = await openDay();
    expect(body.items).toMatchObject([{ day, basis: { price, rate: '1' } }]);
    const { body: fees } = await worker.get('/accounts/me/entries?kind=fee');
    expect(fees.items).toHaveLength(3);
    for (const { basis, bookedAt } of fees.items) {
      expect(basis.rate).toBe('0.5');
      expect(Date.parse(bookedAt)).toBeLessThanOrEqual(Date.now());
    }
    const { body: days } = await worker.get(`/accounts/me/days?from=${day}&to=${day}`);
    const closing = money(await balanceOf(worker));
    expect(days.items).toMatchObject([{ day, state: 'open', opening: money(0n), closing }]);
  });

  it('are found by name and by what needs a look', async () => {
    accountant = await exchange.hireAs('accountant');
    const balance = await balanceOf(worker);
    expect(balance).toBeLessThan(0n);
    for (const query of [`q=${worker.nickname}`, 'filter=below-zero']) {
      const { body } = await accountant.get(`/accounts?${query}`);
      expect(body.items).toMatchObject([{ nickname: worker.nickname, balance: money(balance) }]);
    }
    expect((await accountant.get('/accounts?filter=held')).body.items).toEqual([]);
    const { body: company } = await accountant.get('/accounts/company');
    expect(company).toMatchObject({ userId: null, balance: money(-balance) });
    const { body: entries } = await accountant.get('/accounts/company/entries');
    expect(entries.items).toHaveLength(4);
  });
});

describe('the evening', () => {
  let day: string;
  const close = async (query = ''): Promise<object> =>
    (await accountant.post(`/business-days/${day}/close${query}`)).body as object;

  it('is previewed as it then happens: below zero is carried', async () => {
    day = await openDay();
    const debt = await balanceOf(worker);
    const figures = { payoutTotal: money(-debt), carried: { count: 1, amount: money(debt) } };
    expect(await close('?dryRun=true')).toMatchObject({ ...figures, state: 'open' });
    const closed = { ...figures, state: 'closed', closedBy: accountant.id };
    expect(await close()).toMatchObject(closed);
    await expectMoneyInOrder(exchange.stack);
    const { body: payouts } = await accountant.get(`/payouts?day=${day}`);
    expect(payouts.items).toMatchObject([{ userId: null, state: 'paid', amount: money(-debt) }]);
    const { body } = await exchange.admin.get(`/analytics/earnings?from=${day}&to=${day}`);
    expect(body.items).toMatchObject([{ day, corrections: money(0n), earned: money(-debt) }]);
  });

  it('leaves what the bank refuses to the accountant, who retries the whole day', async () => {
    for (const { id } of tasks.slice(1)) await worker.post(`/tasks/${id}/finish`);
    const owed = sumOf('reward', tasks) - sumOf('fee', tasks);
    await eventually('the rewards', async () => (await balanceOf(worker)) === owed);
    await setBankSwitches(exchange.stack.bankUrl, { rejectAccounts: [worker.bankAccount] });
    day = await openDay();
    await close();
    const failed = await eventually('the refusal', async () => {
      const { body } = await accountant.get('/payouts?state=failed&state=needs_review');
      return body.items[0];
    });
    expect(failed).toMatchObject({ userId: worker.id, day, reasonCode: 'refused' });
    expect((await accountant.get(`/payouts/counts?day=${day}`)).body).toMatchObject({ failed: 1 });
    expect((await worker.get('/accounts/me')).body.underWay).toEqual(money(owed));
    await setBankSwitches(exchange.stack.bankUrl, {});

    const { body: retried } = await accountant.post('/payouts/retry', { day });
    expect(retried).toEqual({ count: 1 });
    await eventually('paid', async () => (await balanceOf(worker)) === 0n);
    const { body: payout } = await accountant.get(`/payouts/${failed.id}`);
    const kinds = payout.timeline.map(({ kind }: { kind: string }) => kind);
    const story = ['planned', 'attempt', 'refused', 'retried', 'attempt', 'paid'];
    expect(kinds.filter((kind: string) => kind !== 'letter-sent')).toEqual(story);
    await expectMoneyInOrder(exchange.stack);
    expect(await lettersTo(exchange.stack, worker.email)).toHaveLength(2);
    expect((await accountant.get('/payouts/bank')).body).toMatchObject({ state: 'ok', waiting: 0 });
  });
});

describe('administration', () => {
  it('tells own permissions from effective ones', async () => {
    const path = `/users/${worker.id}`;
    const set = await exchange.admin.put(`${path}/permissions`, {
      permissions: ['analytics.view'],
    });
    expect(set.status).toBe(200);
    expect((await exchange.admin.get(path)).body).toMatchObject({
      ownPermissions: ['analytics.view'],
      permissions: ['analytics.view'],
      groups: [],
      activation: { credentialsSet: true, accountOpened: true },
    });
    const { body: manages } = await exchange.admin.get(`/users/${manager.id}`);
    expect(manages.ownPermissions).toEqual([]);
    expect(manages.permissions).toEqual(['tasks.distribute', 'tasks.view-all']);
  });

  it('withdraws a price formula before it begins, and not the one in force', async () => {
    const { body: formula } = await exchange.admin.post('/price-formulas', {
      validFrom: new Date(Date.now() + 86_400_000).toISOString(),
      priceMin: money(2_500n),
      priceMax: money(5_000n),
      writeOffRate: '0.5',
      accrualRate: '1',
    });
    const withdraw = (version: number) =>
      exchange.admin.send('DELETE', `/price-formulas/${version}`);
    expect((await withdraw(formula.version)).status).toBe(204);
    expect((await withdraw(1)).status).toBe(409);
    expect((await withdraw(formula.version + 1)).status).toBe(404);
    expect((await exchange.admin.get('/price-formulas')).body.items).toHaveLength(1);
    const since = new Date(Date.now() - 60_000).toISOString();
    const log = `/operations/account/audit-log?actor=${exchange.admin.id}&from=${since}`;
    const actions = (await exchange.admin.get(log)).body.items.map(
      ({ action }: { action: string }) => action,
    );
    expect(actions).toEqual(['price-formula.withdrawn', 'price-formula.added']);
  });
});
