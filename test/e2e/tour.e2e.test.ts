import { eventually } from '../../services/shared/testing/eventually';
import { startExchange, signUp, activated, type Exchange } from './support/exchange';
import { newPerson, type Person } from '../../operations/client/api';
import { balanceOf, expectMoneyInOrder } from './support/money';
import { lettersTo } from './support/mail';
import { transfersTo } from './support/bank';

let exchange: Exchange;

beforeAll(async () => {
  exchange = await startExchange();
}, 120_000);
afterAll(() => exchange.stop());

/** The README's tour: one day of the exchange through the public API. */
describe('a day of the exchange', () => {
  let kesha: Person;
  let manager: Person;
  let accountant: Person;
  let taskId: string;
  let fee: bigint;
  let reward: bigint;
  let closedDay: string;
  let finishRequestId: string;

  it('signs somebody up, inactive until the account is open', async () => {
    kesha = newPerson(exchange.api, 'kesha');
    const { id, nickname, email, beakShape, bankAccount } = kesha;
    const body = { id, nickname, email, beakShape, bankAccount };
    const answer = await exchange.api.must('POST', '/sign-up', { body });
    expect(answer).toMatchObject({ status: 201, body: { status: 'inactive', role: 'employee' } });
    await activated(kesha);
    expect((await kesha.get('/accounts/me')).body.balance.amount).toBe('0');
  });

  it('has a manager and an accountant', async () => {
    manager = await exchange.hireAs('manager');
    accountant = await exchange.hireAs('accountant');
    const answer = await exchange.api.send('POST', '/tokens', {
      body: { login: kesha.nickname, beakShape: 'another beak' },
    });
    expect(answer.status).toBe(401);
  });

  it('creates a task with a jira id and a price', async () => {
    const title = '[UBERPOP-42] Change the button to green';
    const { body } = await manager.post('/tasks', { title });
    expect(body).toMatchObject({
      jiraId: 'UBERPOP-42',
      title: 'Change the button to green',
      status: 'open',
      assigneeId: null,
    });
    taskId = body.id;
    fee = BigInt(body.fee.amount);
    reward = BigInt(body.reward.amount);
    const price = BigInt(body.price.amount);
    expect(price >= 2000n && price <= 4000n).toBe(true);
    expect(fee).toBe((price + 1n) / 2n);
    expect(reward).toBe(price);
  });

  it('previews and distributes among employees and accountants', async () => {
    const preview = await manager.get('/distributions/preview?scope=unassigned');
    expect(preview.body).toMatchObject({ taskCount: 1, fees: { amount: String(fee) } });
    const { body } = await manager.post('/distributions', { scope: 'unassigned' });
    expect(body).toMatchObject({ taskCount: 1, by: manager.id });
    expect([kesha.id, accountant.id]).toContain(body.people[0].userId);
  });

  it('charges the fee and names the task in the statement', async () => {
    const assignee = await assigneeOf(taskId);
    const entry = await eventually('the fee', async () => {
      const { body } = await assignee.get('/accounts/me/entries');
      return body.items[0];
    });
    expect(entry).toMatchObject({
      kind: 'fee',
      amount: { amount: String(-fee) },
      balanceAfter: { amount: String(-fee) },
      task: { title: 'Change the button to green', jiraId: 'UBERPOP-42' },
      assignmentNumber: 1,
    });
  });

  it('pays the reward when the task is finished, and refuses to finish it twice', async () => {
    const assignee = await assigneeOf(taskId);
    const finished = await assignee.post(`/tasks/${taskId}/finish`);
    expect(finished.body.status).toBe('finished');
    finishRequestId = finished.headers.get('x-request-id')!;
    expect((await assignee.send('POST', `/tasks/${taskId}/finish`)).status).toBe(409);
    await eventually('the reward', async () => (await balanceOf(assignee)) === reward - fee);
  });

  it('closes the day: the bank first, then the ledger, then the letter', async () => {
    const assignee = await assigneeOf(taskId);
    const days = await accountant.get('/business-days');
    const open = days.body.items.find((each: { state: string }) => each.state === 'open');
    const dryRun = await accountant.post(`/business-days/${open.day}/close?dryRun=true`);
    expect(dryRun.status).toBe(200);
    const closed = await accountant.post(`/business-days/${open.day}/close`);
    expect(closed.body).toMatchObject({ day: open.day, state: 'closed' });
    closedDay = open.day;
    const repeated = await accountant.post(`/business-days/${open.day}/close`);
    expect(repeated.body).toMatchObject({ day: open.day, state: 'closed' });

    const owed = String(reward - fee);
    const payout = await eventually('paid', async () => {
      const { body } = await assignee.get('/accounts/me/payouts');
      return body.items.find((each: { state: string }) => each.state === 'paid');
    });
    expect(payout.amount.amount).toBe(owed);
    expect(await balanceOf(assignee)).toBe(0n);
    const transfers = await transfersTo(exchange.stack, assignee.bankAccount);
    expect(transfers.map(({ amount }) => amount)).toEqual([owed]);
  });

  it('sends a letter with the sum', async () => {
    const assignee = await assigneeOf(taskId);
    const letters = await eventually('the letter', async () => {
      const found = await lettersTo(exchange.stack, assignee.email);
      return found.length > 0 && found;
    });
    expect(letters).toHaveLength(1);
    const sum = (Number(reward - fee) / 100).toFixed(2);
    expect(letters[0]!.text).toContain(sum);
  });

  it('shows management what it earned, who is below zero and the dearest task', async () => {
    const below = await exchange.admin.get('/analytics/below-zero');
    expect(below.body).toMatchObject({ count: 0, items: [] });
    const range = `from=${closedDay}&to=${closedDay}`;
    const dearest = await exchange.admin.get(`/analytics/dearest-task?${range}`);
    expect(dearest.body.items[0].task).toMatchObject({ id: taskId });
    const earnings = await exchange.admin.get('/analytics/earnings');
    const total = earnings.body.items.reduce(
      (sum: bigint, each: { earned: { amount: string } }) => sum + BigInt(each.earned.amount),
      0n,
    );
    expect(total).toBe(fee - reward);
  });

  it('can be followed by one request id from the gateway to the ledger', () => {
    const linesOf = (service: string): { msg: string }[] =>
      exchange.stack
        .log(service)
        .split('\n')
        .filter((line) => line.includes(finishRequestId))
        .map((line) => JSON.parse(line) as { msg: string });
    expect(linesOf('gateway').map(({ msg }) => msg)).toContain('request');
    // The relay may be done before the answer is: their order is not promised.
    // One line for each topic: the fact, and the hint for pages.
    const ofBoard = new Set(linesOf('board').map(({ msg }) => msg));
    expect([...ofBoard].sort()).toEqual(['events published', 'request']);
    expect(linesOf('account').map(({ msg }) => msg)).toEqual(['events applied']);
    const [request] = linesOf('board') as unknown as { traceId: string }[];
    expect(JSON.stringify(linesOf('account'))).toContain(request!.traceId);
  });

  it('tells a person by letter of another bank account', async () => {
    const bankAccount = '40817810099910004313';
    const answer = await kesha.send('PUT', '/accounts/me/bank-account', { bankAccount });
    expect(answer.status).toBe(200);
    await eventually('the letter', async () => {
      const letters = await lettersTo(exchange.stack, kesha.email);
      return letters.some(({ text }) => text.includes('4313') && !text.includes(bankAccount));
    });
  });

  it('keeps the money in order', () => expectMoneyInOrder(exchange.stack));

  async function assigneeOf(id: string): Promise<Person> {
    const { body } = await exchange.admin.get(`/tasks/${id}`);
    return body.assigneeId === kesha.id ? kesha : accountant;
  }
});

describe('what comes from outside', () => {
  it('reaches nothing but the documented routes', async () => {
    for (const path of ['/events/tasks', '/prices', '/task-details', '/active-employee-ids']) {
      const answer = await exchange.admin.send('POST', path, {});
      expect([404, 405]).toContain(answer.status);
    }
    for (const each of exchange.stack.services) {
      const answer = await fetch(`${each.url}/jwks`, {
        headers: { 'dapr-caller-app-id': 'gateway' },
      });
      expect(answer.status).toBe(401);
    }
  });

  it('can take nobody over by signing up with their id', async () => {
    const victim = await exchange.hire('victim');
    const thief = newPerson(exchange.api, 'thief');
    const body = { id: victim.id, nickname: thief.nickname, email: thief.email };
    const answer = await exchange.api.send('POST', '/sign-up', {
      body: { ...body, beakShape: thief.beakShape, bankAccount: thief.bankAccount },
    });
    expect(answer.status).toBe(409);
    expect(JSON.stringify(answer.body)).not.toContain(victim.email);
    const login = { login: victim.id, beakShape: thief.beakShape };
    expect((await exchange.api.send('POST', '/tokens', { body: login })).status).toBe(401);
    await victim.logIn();
  });

  it('registers an email once, however often it is sent at the same time', async () => {
    const person = newPerson(exchange.api);
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => {
        const another = newPerson(exchange.api);
        const { id, nickname, beakShape, bankAccount } = another;
        const body = { id, nickname, email: person.email, beakShape, bankAccount };
        return exchange.api.send('POST', '/sign-up', { body });
      }),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([201, ...Array<number>(99).fill(409)]);
  });

  it('finishes a task once, however often it is sent at the same time', async () => {
    const worker = await exchange.hire('worker');
    const others = await exchange.admin.get('/users');
    for (const each of others.body.items as { id: string; role: string; status: string }[]) {
      if (each.id === worker.id || each.status !== 'active' || each.role === 'admin') continue;
      if (each.role !== 'manager') await exchange.admin.post(`/users/${each.id}/deactivate`);
    }
    const { body: task } = await exchange.admin.post('/tasks', { title: '[A-1] Once', deal: true });
    expect(task.assigneeId).toBe(worker.id);
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => worker.send('POST', `/tasks/${task.id}/finish`)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(9).fill(409)]);
    await expectMoneyInOrder(exchange.stack);
    expect(await balanceOf(worker)).toBe(BigInt(task.reward.amount) - BigInt(task.fee.amount));
  });
});

it('signs nobody up without a beak shape', async () => {
  const person = newPerson(exchange.api);
  await expect(signUp(Object.assign(person, { beakShape: '' }))).rejects.toThrow('400');
});
