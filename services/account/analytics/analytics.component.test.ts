import { taskDetails } from '../../shared/contracts/calls/board';
import { newId } from '../../shared/kernel/ids';
import { startAccount, type AccountUnderTest } from '../testing/account-under-test';
import { MONDAY_NOON } from '../testing/test-books';

const usd = (amount: string): object => ({ amount, currency: 'USD' });
const admin = { id: newId(), role: 'admin' as const };
/** Noon of a day of March 2026 in Moscow. */
const noonOf = (day: number): Date => new Date(MONDAY_NOON.getTime() + (day - 2) * 86_400_000);

let account: AccountUnderTest;
const start = async (): Promise<void> => {
  account = await startAccount();
};
const stop = (): Promise<void> => account.stop();

const get = (path: string) => account.client.as(admin).get(`/analytics/${path}`);
const finish = (userId: string, day: number, price: bigint): Promise<string> => {
  account.setNow(noonOf(day));
  const amounts = { price, fee: price / 2n, reward: price };
  return account.work({ userId, ...amounts, assignedAt: noonOf(day), finishedAt: noonOf(day) });
};

describe('GET /analytics/earnings', () => {
  beforeEach(start);
  afterEach(stop);

  it('tells fees minus rewards of each business day, today included, newest first', async () => {
    const userId = await account.register();
    await account.work({ userId, fee: 1000n });
    await account.work({ userId, fee: 200n, reward: 2500n, finishedAt: MONDAY_NOON });
    account.setNow(noonOf(4));
    await account.work({ userId, fee: 70n });
    const { body } = await get('earnings').expect(200);
    expect(body).toEqual({
      items: [
        {
          day: '2026-03-04',
          fees: usd('70'),
          rewards: usd('0'),
          corrections: usd('0'),
          earned: usd('70'),
        },
        {
          day: '2026-03-03',
          fees: usd('0'),
          rewards: usd('0'),
          corrections: usd('0'),
          earned: usd('0'),
        },
        {
          day: '2026-03-02',
          fees: usd('1200'),
          rewards: usd('2500'),
          corrections: usd('0'),
          earned: usd('-1300'),
        },
      ],
    });
    const monday = await get('earnings?from=2026-03-02&to=2026-03-02').expect(200);
    expect((monday.body as { items: object[] }).items).toHaveLength(1);
  });
});

describe('the edges of time', () => {
  beforeEach(start);
  afterEach(stop);

  it.each([
    'earnings?to=0001-01-05',
    'earnings?from=9999-12-30&to=9999-12-31',
    'earnings?from=2998-01-01&to=2998-01-01',
    'dearest-task?from=9998-12-30&to=9999-12-27&period=week',
    'dearest-task?from=9998-12-31&to=9999-12-31&period=month',
    'dearest-task?period=2997-12-31,2998-01-01',
    'dearest-task?from=0000-01-01&to=0000-01-02&period=week',
  ])('%s: refused', async (path) => {
    const { body } = await get(path).expect(400);
    expect(body).toMatchObject({ type: 'bad-request' });
  });

  it.each([
    ['from=2997-01-01&to=2997-12-31&period=week', '2997-12-25', '2997-12-31'],
    ['from=2997-12-31&to=2997-12-31&period=month', '2997-12-01', '2997-12-31'],
    ['from=0099-02-10&to=0099-02-10&period=month', '0099-02-01', '0099-02-28'],
    ['from=0004-02-10&to=0004-02-10&period=month', '0004-02-01', '0004-02-29'],
    ['from=0001-01-01&to=0001-01-02&period=week', '0001-01-01', '0001-01-07'],
  ])('%s: the newest period is from %s to %s', async (asked, from, to) => {
    const { body } = await get(`dearest-task?${asked}`).expect(200);
    expect(body.items[0]).toEqual({ from, to, task: null });
  });
});

describe('GET /analytics/below-zero', () => {
  beforeEach(start);
  afterEach(stop);

  it('tells nobody when nobody owes', async () => {
    const userId = await account.register();
    await account.work({ userId, finishedAt: MONDAY_NOON });
    expect((await get('below-zero').expect(200)).body).toEqual({ count: 0, items: [] });
  });

  it('tells who is below zero, the deepest first, and since when', async () => {
    const [kesha, gosha, rich] = [
      await account.register('kesha'),
      await account.register('gosha'),
      await account.register('rich'),
    ];
    await account.work({ userId: rich, finishedAt: MONDAY_NOON });
    await account.work({ userId: kesha, fee: 100n });
    // Below zero, above zero again by the reward, and below zero to stay on Tuesday.
    await account.work({ userId: gosha, fee: 10n, reward: 20n, finishedAt: MONDAY_NOON });
    account.setNow(noonOf(3));
    await account.work({ userId: gosha, fee: 500n });
    await account.work({ userId: gosha, fee: 500n });
    expect((await get('below-zero').expect(200)).body).toEqual({
      count: 2,
      items: [
        {
          userId: gosha,
          nickname: 'gosha',
          balance: usd('-990'),
          since: noonOf(3).toISOString(),
        },
        {
          userId: kesha,
          nickname: 'kesha',
          balance: usd('-100'),
          since: MONDAY_NOON.toISOString(),
        },
      ],
    });
  });
});

describe('GET /analytics/dearest-task', () => {
  beforeEach(start);
  afterEach(stop);

  const summary = async (path: string): Promise<unknown> => {
    const { body } = await get(`dearest-task${path}`).expect(200);
    const { items } = body as {
      items: { from: string; to: string; task: { id: string } | null }[];
    };
    return items.map(({ from, to, task }) => [from, to, task?.id ?? null]);
  };

  it('finds the most expensive finished task of each day, week and month', async () => {
    const userId = await account.register();
    const monday = await finish(userId, 2, 3000n);
    await finish(userId, 2, 2000n);
    const sunday = await finish(userId, 8, 3500n);
    const nextWeek = await finish(userId, 9, 2500n);
    // Assigned, never finished.
    await account.work({ userId, price: 9999n });
    expect(await summary('?period=day&from=2026-03-02&to=2026-03-03')).toEqual([
      ['2026-03-03', '2026-03-03', null],
      ['2026-03-02', '2026-03-02', monday],
    ]);
    expect(await summary('?period=week&from=2026-03-04&to=2026-03-09')).toEqual([
      ['2026-03-09', '2026-03-15', nextWeek],
      ['2026-03-02', '2026-03-08', sunday],
    ]);
    expect(await summary('?period=month&from=2026-03-09')).toEqual([
      ['2026-03-01', '2026-03-31', sunday],
    ]);
    expect(await summary('?from=2026-03-02&to=2026-03-07')).toEqual([
      ['2026-03-02', '2026-03-07', monday],
    ]);
    expect(await summary('?period=2026-03-02,2026-03-07')).toEqual([
      ['2026-03-02', '2026-03-07', monday],
    ]);
  });

  it('tells what the task is called and what it was worth', async () => {
    const userId = await account.register();
    const id = await finish(userId, 2, 3000n);
    const { body } = await get('dearest-task?period=day&from=2026-03-02').expect(200);
    expect(body).toMatchObject({
      items: [
        {
          task: {
            id,
            title: `Task ${id}`,
            jiraId: 'UBERPOP-42',
            price: usd('3000'),
            fee: usd('1500'),
            reward: usd('3000'),
            assigneeId: userId,
            finishedAt: MONDAY_NOON.toISOString(),
          },
        },
      ],
      tasksUnavailable: false,
    });
  });

  it('still answers when Board is away, and says so', async () => {
    const id = await finish(await account.register(), 2, 3000n);
    account.neighbours.answer(taskDetails, () => ({ refuse: 503 }));
    const { body } = await get('dearest-task').expect(200);
    expect(body).toMatchObject({ items: [{ task: { id, title: null } }], tasksUnavailable: true });
  });
});

describe('analytics', () => {
  beforeAll(start);
  afterAll(stop);

  it.each([
    'earnings?from=2026-03-03&to=2026-03-02',
    'earnings?to=tomorrow',
    'earnings?to=2026-03-02&from=2000-01-01',
    'earnings?x=1',
    'below-zero?x=1',
    'dearest-task?period=year',
    'dearest-task?period=2026-03-02',
    'dearest-task?period=2026-03-02,2026-03-01',
    'dearest-task?period=2026-03-02,2026-13-01',
    'dearest-task?period=day&period=week',
    'dearest-task?from=2026-03-03&to=2026-03-02',
  ])('refuse %s', async (asked) => {
    await get(asked).expect(400);
  });

  it.each(['earnings', 'below-zero', 'dearest-task'])(
    '%s are for who may see them',
    async (path) => {
      for (const role of ['employee', 'manager', 'accountant'] as const) {
        await account.client.as({ role }).get(`/analytics/${path}`).expect(403);
      }
      const permissions = ['analytics.view' as const];
      await account.client.as({ permissions }).get(`/analytics/${path}`).expect(200);
      await account.client.anonymous().get(`/analytics/${path}`).expect(401);
    },
  );
});
