import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { eventually } from '../../shared/testing/eventually';
import { isLockAwaited } from '../../shared/testing/lock-wait';
import { startAccount, type AccountUnderTest } from '../testing/account-under-test';
import { MONDAY_NOON } from '../testing/test-books';

const usd = (amount: string): { amount: string; currency: string } => ({ amount, currency: 'USD' });
const admin = { id: newId(), role: 'admin' as const };
const NARROW = {
  priceMin: usd('1001'),
  priceMax: usd('1001'),
  writeOffRate: '0.5',
  accrualRate: '1.25',
};

let account: AccountUnderTest;
const start = async (): Promise<void> => {
  account = await startAccount();
};
const stop = (): Promise<void> => account.stop();

const ask = (body: object) => account.client.service('board').post('/prices').send(body);
const add = (formula: object, key?: string) => {
  const request = account.client.as(admin).post('/price-formulas').send(formula);
  return key === undefined ? request : request.set('idempotency-key', key);
};

describe('POST /prices', () => {
  beforeAll(start);
  afterAll(stop);
  beforeEach(() => account.setNow(MONDAY_NOON));

  it('draws a price of 20.00 to 40.00 with half of it as fee and all of it as reward', async () => {
    for (let i = 0; i < 20; i += 1) {
      const taskId = newId();
      const { body } = await ask({ taskId }).expect(200);
      const price = BigInt((body as { price: { amount: string } }).price.amount);
      expect(price >= 2000n && price <= 4000n).toBe(true);
      expect(body).toEqual({
        taskId,
        price: usd(String(price)),
        fee: usd(String((price + 1n) / 2n)),
        reward: usd(String(price)),
      });
    }
  });

  it('answers the same for the same task, also asked thirty times at once', async () => {
    const taskId = newId();
    const answers = await Promise.all(Array.from({ length: 30 }, () => ask({ taskId })));
    const different = new Set(answers.map(({ body }) => JSON.stringify(body)));
    expect(different.size).toBe(1);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
  });

  it('answers the price that somebody else drew at the same moment', async () => {
    const { database } = account.books;
    const taskId = newId();
    const asked = await database.transaction(async (tx) => {
      await query(tx, 'INSERT INTO prices VALUES ($1, 1, 2222, 1111, 2222)', [taskId]);
      const answer = ask({ taskId }).then(({ body }) => body as object);
      await eventually('the second one waits', () => isLockAwaited(database));
      return { answer };
    });
    expect(await asked.answer).toMatchObject({ price: usd('2222'), fee: usd('1111') });
  });

  it('takes the formula that is valid now, and leaves old prices alone', async () => {
    const old = newId();
    const before = await ask({ taskId: old }).expect(200);
    const validFrom = new Date(MONDAY_NOON.getTime() + 60_000);
    await add({ ...NARROW, validFrom: validFrom.toISOString() }).expect(201);
    expect((await ask({ taskId: newId() })).body).not.toMatchObject({ price: usd('1001') });
    account.setNow(validFrom);
    expect((await ask({ taskId: newId() })).body).toMatchObject({
      price: usd('1001'),
      fee: usd('501'),
      reward: usd('1251'),
    });
    expect((await ask({ taskId: old })).body).toEqual(before.body);
  });

  it.each([{}, { taskId: 'X' }, { taskId: newId(), price: '1' }])('refuses %j', async (body) => {
    await ask(body).expect(400);
  });

  it('is for Board only', async () => {
    const body = { taskId: newId() };
    await account.client.as(admin).post('/prices').send(body).expect(404);
    await account.client.service('user').post('/prices').send(body).expect(404);
  });
});

describe('price formulas', () => {
  beforeEach(start);
  afterEach(stop);

  it('begin with the one the company began with', async () => {
    const { body } = await account.client.as(admin).get('/price-formulas').expect(200);
    expect(body).toMatchObject({
      items: [
        {
          version: 1,
          priceMin: usd('2000'),
          priceMax: usd('4000'),
          writeOffRate: '0.5',
          accrualRate: '1',
          createdBy: null,
        },
      ],
      next: null,
    });
  });

  it('refuses a cursor beyond every version', async () => {
    const place = Buffer.from('{"version":2147483648}').toString('base64url');
    await account.client.as(admin).get(`/price-formulas?cursor=${place}`).expect(400);
  });

  it('are added as versions, each with an audit row, and listed newest first', async () => {
    for (const amount of ['1', '2', '3']) {
      const prices = { priceMin: usd(amount), priceMax: usd(amount) };
      const { body } = await add({ ...NARROW, ...prices }).expect(201);
      expect(body).toMatchObject({
        ...prices,
        createdBy: admin.id,
        validFrom: MONDAY_NOON.toISOString(),
      });
    }
    const first = await account.client.as(admin).get('/price-formulas?limit=2').expect(200);
    const page = first.body as { items: { version: number }[]; next: string };
    expect(page.items.map(({ version }) => version)).toEqual([4, 3]);
    const second = await account.client
      .as(admin)
      .get(`/price-formulas?limit=2&cursor=${page.next}`)
      .expect(200);
    expect(second.body).toMatchObject({ items: [{ version: 2 }, { version: 1 }], next: null });
    const sql = `SELECT subject, actor_id FROM audit_log WHERE action = 'price-formula.added'
      ORDER BY at`;
    expect(await query(account.books.database, sql)).toEqual(
      ['2', '3', '4'].map((subject) => ({ subject, actor_id: admin.id })),
    );
  });

  it('are added once per Idempotency-Key, ten requests at once included', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => add(NARROW, 'key-1')));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    account.setNow(new Date(MONDAY_NOON.getTime() + 3_600_000));
    const { body } = await add(NARROW, 'key-1').expect(201);
    expect(body).toEqual(answers[0]!.body);
    const other = await add({ ...NARROW, accrualRate: '2' }, 'key-1').expect(409);
    expect(other.body).toMatchObject({ type: 'id-taken' });
  });

  it('may be valid from now, not from before', async () => {
    const at = (ms: number): string => new Date(MONDAY_NOON.getTime() + ms).toISOString();
    await add({ ...NARROW, validFrom: at(-1) }).expect(400);
    await add({ ...NARROW, validFrom: at(0) }).expect(201);
  });
});

describe('a price formula', () => {
  beforeAll(start);
  afterAll(stop);

  it.each([
    { priceMin: usd('0') },
    { priceMin: usd('-1') },
    { priceMin: usd('1.5') },
    { priceMin: usd('1e3') },
    { priceMin: usd('1002') },
    { priceMax: usd('1000000000001') },
    { priceMax: usd('9'.repeat(19)) },
    { priceMin: 1000 },
    { priceMin: { amount: 1000, currency: 'USD' } },
    { priceMin: { amount: '1000', currency: 'EUR' } },
    { writeOffRate: '-0.1' },
    { writeOffRate: '10.0001' },
    { writeOffRate: '0.00001' },
    { writeOffRate: 0.5 },
    { accrualRate: 'NaN' },
    { accrualRate: '' },
    { validFrom: 'now' },
    { validFrom: '2026-03-02' },
    { version: 7 },
  ])('with %j is refused', async (changes) => {
    await add({ ...NARROW, ...changes }).expect(400);
  });

  it('is withdrawn before its start, with 204, and is 409 after it', async () => {
    const validFrom = new Date(MONDAY_NOON.getTime() + 3_600_000).toISOString();
    const { body } = await add({ ...NARROW, validFrom }).expect(201);
    const path = `/price-formulas/${(body as { version: number }).version}`;
    await account.client.as({ role: 'manager' }).delete(path).expect(403);
    await account.client.as(admin).delete(path).expect(204);
    await account.client.as(admin).delete(path).expect(404);
    const started = await account.client.as(admin).delete('/price-formulas/1').expect(409);
    expect(started.body).toMatchObject({ type: 'already-started' });
    for (const version of ['0', '-1', 'first', '99999999999', '2147483648']) {
      await account.client.as(admin).delete(`/price-formulas/${version}`).expect(400);
    }
  });

  it('is for those who may configure prices', async () => {
    for (const role of ['employee', 'manager', 'accountant'] as const) {
      await account.client.as({ role }).get('/price-formulas').expect(403);
      await account.client.as({ role }).post('/price-formulas').send(NARROW).expect(403);
    }
    const permissions = ['prices.configure' as const];
    await account.client.as({ permissions }).post('/price-formulas').send(NARROW).expect(201);
    await account.client.anonymous().get('/price-formulas').expect(401);
  });
});
