import { taskDetails } from '../../shared/contracts/calls/board';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { openBusinessDays } from '../days/steps/open-business-days';
import { closeByHand } from '../testing/close-by-hand';
import { CORRECTOR, bookReversal } from '../testing/corrections';
import { startAccount, type AccountUnderTest } from '../testing/account-under-test';
import { MONDAY_NOON } from '../testing/test-books';

const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';
const usd = (amount: string): object => ({ amount, currency: 'USD' });
const hours = (count: number): Date => new Date(MONDAY_NOON.getTime() + count * 3_600_000);
const accountant = { id: newId(), role: 'accountant' as const };
const byHand = { actorId: accountant.id, mayBeEarly: true };

let account: AccountUnderTest;
beforeEach(async () => {
  account = await startAccount();
  const { database, calendar } = account.books;
  await openBusinessDays(database, MONDAY_NOON, calendar);
});
afterEach(() => account.stop());

interface Entry {
  id: string;
  kind: string;
  balanceAfter: { amount: string };
}

async function entriesOf(userId: string, search = ''): Promise<Entry[]> {
  const path = `/accounts/${userId}/entries${search}`;
  const { body } = await account.client.as(accountant).get(path).expect(200);
  return (body as { items: Entry[] }).items;
}

const textOf = async (path: string, by: object = accountant) => {
  const answer = await account.client
    .as(by)
    .get(path)
    .buffer(true)
    .parse((response, done) => {
      response.setEncoding('utf8');
      let text = '';
      response.on('data', (part: string) => (text += part));
      response.on('end', () => done(null, text));
    });
  return { ...answer, text: answer.body as string, headers: answer.headers };
};
const linesOf = (text: string): string[] => text.split('\r\n').slice(1, -1);

describe('a line of a statement', () => {
  it('says its day, when it was booked, its price and its rate', async () => {
    const { database } = account.books;
    const userId = await account.register();
    const { body } = await account.client
      .service('board')
      .post('/prices')
      .send({ taskId: newId() });
    const { taskId, price, fee } = body as { taskId: string; price: object; fee: object };
    await query(
      database,
      `INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents,
         business_day, task_id, assignment_number, event_id, occurred_at)
       SELECT uuid_v7(), 'fee', accounts.id, company.id, fee_cents, $2, task_id, 4, uuid_v7(), $3
       FROM accounts, accounts AS company, prices
       WHERE accounts.user_id = $1 AND company.kind = 'management'`,
      [userId, MONDAY, hours(-1)],
    );
    const [entry] = await entriesOf(userId);
    expect(entry).toMatchObject({
      day: MONDAY,
      at: hours(-1).toISOString(),
      bookedAt: expect.stringMatching(/Z$/),
      taskId,
      assignmentNumber: 4,
      amount: { amount: `-${(fee as { amount: string }).amount}`, currency: 'USD' },
      basis: { price, rate: '0.5' },
      reason: null,
      by: null,
      reversedById: null,
    });
  });

  it('and its reversal lead to each other; the reversal says why and by whom', async () => {
    const userId = await account.register();
    await account.work({ userId, fee: 700n });
    const [fee] = await entriesOf(userId);
    const reversalId = await bookReversal(account, fee!.id);
    const [reversal, reversed] = await entriesOf(userId);
    expect(reversal).toMatchObject({
      id: reversalId,
      kind: 'reversal',
      amount: usd('700'),
      reversesId: fee!.id,
      reason: 'by mistake',
      by: CORRECTOR,
      basis: null,
    });
    expect(reversed).toMatchObject({ id: fee!.id, amount: usd('-700'), reversedById: reversalId });
  });
});

describe('a statement of some kinds', () => {
  it('keeps the balances of all lines, over pages', async () => {
    const userId = await account.register();
    await account.work({ userId, fee: 100n, reward: 1000n, finishedAt: hours(0) });
    await account.work({ userId, fee: 10n });
    const rewards = await entriesOf(userId, '?kind=reward');
    expect(rewards.map(({ kind, balanceAfter }) => [kind, balanceAfter.amount])).toEqual([
      ['reward', '900'],
    ]);
    const both = await entriesOf(userId, '?kind=reward&kind=fee');
    expect(both.map(({ balanceAfter }) => balanceAfter.amount)).toEqual(['890', '900', '-100']);
    const { body } = await account.client
      .as(accountant)
      .get(`/accounts/${userId}/entries?kind=fee&limit=1`);
    const { next } = body as { next: string };
    const rest = await entriesOf(userId, `?kind=fee&limit=1&cursor=${next}`);
    expect(rest.map(({ balanceAfter }) => balanceAfter.amount)).toEqual(['-100']);
    expect(await entriesOf(userId, '?kind=return')).toEqual([]);
    const unknown = account.client.as(accountant).get(`/accounts/${userId}/entries?kind=bonus`);
    expect((await unknown).status).toBe(400);
  });
});

describe('the business days of an account', () => {
  it('say what they opened and closed with, and why nothing was paid', async () => {
    const userId = await account.register();
    await account.work({ userId, fee: 700n });
    await closeByHand(account.books, MONDAY, byHand);
    account.setNow(hours(24));
    await account.work({ userId, fee: 100n, reward: 1000n, finishedAt: hours(24) });
    const { body } = await account.client.as({ id: userId }).get('/accounts/me/days').expect(200);
    expect(body).toEqual({
      items: [
        {
          day: TUESDAY,
          state: 'open',
          from: MONDAY_NOON.toISOString(),
          cutOffAt: '2026-03-03T15:00:00.000Z',
          opening: usd('-700'),
          fees: usd('-100'),
          rewards: usd('1000'),
          corrections: usd('0'),
          returned: usd('0'),
          payoutId: null,
          paid: usd('0'),
          closing: usd('200'),
          carriedBecause: null,
        },
        {
          day: MONDAY,
          state: 'closed',
          from: '2026-03-01T15:00:00.000Z',
          cutOffAt: MONDAY_NOON.toISOString(),
          opening: usd('0'),
          fees: usd('-700'),
          rewards: usd('0'),
          corrections: usd('0'),
          returned: usd('0'),
          payoutId: null,
          paid: usd('0'),
          closing: usd('-700'),
          carriedBecause: 'below-zero',
        },
      ],
    });
    const only = await account.client
      .as(accountant)
      .get(`/accounts/${userId}/days?from=${TUESDAY}&to=${TUESDAY}`);
    expect(only.body).toEqual({ items: [(body as { items: object[] }).items[0]] });
  });

  it('name the payout that was planned, and a hold', async () => {
    const [paid, held] = [await account.register('ara'), await account.register('gosha')];
    for (const userId of [paid, held]) {
      await account.work({ userId, fee: 100n, reward: 1000n, finishedAt: hours(0) });
    }
    await account.client
      .as(accountant)
      .patch(`/accounts/${held}`)
      .set('if-match', '*')
      .send({ payoutsHeld: { reason: 'to be looked into' } })
      .expect(200);
    await closeByHand(account.books, MONDAY, byHand);
    const dayOf = async (userId: string): Promise<object> => {
      const path = `/accounts/${userId}/days?from=${MONDAY}&to=${MONDAY}`;
      const { body } = await account.client.as(accountant).get(path).expect(200);
      return (body as { items: object[] }).items[0]!;
    };
    const { body } = await account.client.as(accountant).get(`/payouts?userId=${paid}`);
    const [{ id }] = (body as { items: [{ id: string }] }).items;
    expect(await dayOf(paid)).toMatchObject({ payoutId: id, carriedBecause: null });
    expect(await dayOf(held)).toMatchObject({ payoutId: null, carriedBecause: 'held' });
  });

  it('of others are for accountants; nobody’s are 404', async () => {
    const userId = await account.register();
    const { client } = account;
    await client.as({ id: newId() }).get(`/accounts/${userId}/days`).expect(403);
    await client.as({ id: newId() }).get('/accounts/me/days').expect(404);
    await client.as(accountant).get(`/accounts/${newId()}/days`).expect(404);
    await client
      .as(accountant)
      .get('/accounts/company/days?from=2026-03-03&to=2026-03-02')
      .expect(400);
  });
});

describe('the account of the company', () => {
  it('is the other side of every fee and reward', async () => {
    const userId = await account.register();
    await account.work({ userId, fee: 700n, reward: 200n, finishedAt: hours(0) });
    const { client } = account;
    const { body } = await client.as(accountant).get('/accounts/company').expect(200);
    expect(body).toMatchObject({
      userId: null,
      nickname: null,
      balance: usd('500'),
      today: usd('500'),
      underWay: usd('0'),
      forecast: usd('500'),
      bankAccount: '40702810000000000001',
      openDay: { day: MONDAY },
    });
    const { body: masked } = await client
      .as({ role: 'admin' })
      .get('/accounts/company')
      .expect(200);
    expect((masked as { bankAccount: string }).bankAccount).not.toContain('40702810');
    expect(await entriesOf('company')).toMatchObject([
      { kind: 'reward', amount: usd('-200'), balanceAfter: usd('500') },
      { kind: 'fee', amount: usd('700'), balanceAfter: usd('700') },
    ]);
    const days = await client.as(accountant).get('/accounts/company/days').expect(200);
    expect(days.body).toMatchObject({
      items: [{ day: MONDAY, fees: usd('700'), rewards: usd('-200'), closing: usd('500') }],
    });
    await client.as({ id: userId }).get('/accounts/company').expect(403);
  });
});

describe('the parts of a forecast', () => {
  it('a payout that was promised is under way until it is paid', async () => {
    const userId = await account.register();
    await account.work({ userId, fee: 100n, reward: 1000n, finishedAt: hours(0) });
    await closeByHand(account.books, MONDAY, byHand);
    await account.work({ userId, fee: 50n, reward: 300n, finishedAt: hours(1) });
    const { body } = await account.client.as({ id: userId }).get('/accounts/me').expect(200);
    expect(body).toMatchObject({
      balance: usd('1150'),
      underWay: usd('900'),
      forecast: usd('250'),
      openDay: {
        day: TUESDAY,
        from: MONDAY_NOON.toISOString(),
        cutOffAt: '2026-03-03T15:00:00.000Z',
      },
    });
  });
});

describe('GET /accounts', () => {
  it('finds by nickname, below zero and on hold, in pages and in the file', async () => {
    const { client } = account;
    const poor = await account.register('Жако');
    const held = await account.register('Kesha');
    const other = await account.register('kea');
    await account.work({ userId: poor, fee: 700n });
    const hold = { payoutsHeld: { reason: '=looked into' } };
    await client
      .as(accountant)
      .patch(`/accounts/${held}`)
      .set('if-match', '*')
      .send(hold)
      .expect(200);
    const idsOf = async (search: string): Promise<string[]> => {
      const { body } = await client.as(accountant).get(`/accounts?${search}`).expect(200);
      return (body as { items: { userId: string }[] }).items.map(({ userId }) => userId);
    };
    expect(await idsOf('')).toEqual([other, held, poor]);
    expect(await idsOf('q=KE')).toEqual([other, held]);
    expect(await idsOf(`q=${encodeURIComponent('жАК')}`)).toEqual([poor]);
    expect(await idsOf('filter=below-zero')).toEqual([poor]);
    expect(await idsOf('filter=held')).toEqual([held]);
    expect(await idsOf('filter=held&q=kea')).toEqual([]);
    const { body } = await client.as(accountant).get('/accounts?limit=1&q=ke').expect(200);
    expect(body.items).toMatchObject([{ userId: other, nickname: 'kea' }]);
    expect(await idsOf(`limit=1&q=ke&cursor=${body.next}`)).toEqual([held]);

    const file = await textOf('/accounts.csv?filter=held');
    expect(file.headers['content-disposition']).toContain('popug-accounts.csv');
    const [line, ...none] = linesOf(file.text);
    expect(none).toEqual([]);
    expect(line).toMatch(/^Kesha,0\.00,0\.00,0\.00,0\.00,USD,40817810099910004312,'=looked into,/);
    const masked = await textOf('/accounts.csv?q=kea', { role: 'admin' });
    expect(masked.text).not.toContain('40817810099910004312');
  });
});

describe('a statement as a file', () => {
  it('has the lines of the list, their titles and amounts as numbers', async () => {
    const { client } = account;
    account.neighbours.answer(taskDetails, ({ body }) => ({
      tasks: body.taskIds.map((id) => ({ id, title: '=Fly; "higher"', jiraId: 'UBERPOP-42' })),
    }));
    const userId = await account.register('kesha');
    await account.work({ userId, fee: 123456n });
    const range = `from=${MONDAY}&to=${MONDAY}`;
    const own = await textOf(`/accounts/me/entries.csv?${range}`, { id: userId });
    expect(own.headers['content-disposition']).toContain(
      'popug-entries-kesha-2026-03-02-2026-03-02.csv',
    );
    const [line] = linesOf(own.text);
    expect(line).toContain(`${MONDAY},2026-03-02 12:00:00,`);
    expect(line).toContain(`,fee,UBERPOP-42,"'=Fly; ""higher""",1,-1234.56,-1234.56,USD,`);
    expect((await textOf(`/accounts/${userId}/entries.csv?${range}`)).text).toBe(own.text);
    const russian = await textOf(`/accounts/me/entries.csv?${range}&locale=ru`, { id: userId });
    expect(linesOf(russian.text)[0]).toContain(';-1234,56;-1234,56;USD;');
    expect(russian.text).toContain('Бизнес-день;');
    expect(
      linesOf((await textOf(`/accounts/me/entries.csv?kind=reward`, { id: userId })).text),
    ).toEqual([]);
    const company = await textOf(`/accounts/company/entries.csv?${range}`);
    expect(linesOf(company.text)[0]).toContain(',1234.56,1234.56,USD,');
    await client.as({ id: newId() }).get('/accounts/me/entries.csv').expect(404);
    await client.as({ id: userId }).get(`/accounts/${userId}/entries.csv`).expect(403);
  });

  it('has every amount while Board is away', async () => {
    const userId = await account.register();
    const taskId = await account.work({ userId, fee: 700n });
    account.neighbours.answer(taskDetails, () => ({ refuse: 503 }));
    const { text } = await textOf('/accounts/me/entries.csv', { id: userId });
    expect(linesOf(text)).toHaveLength(1);
    expect(text).toContain(',fee,,,1,-7.00,-7.00,USD,');
    expect(text).toContain(taskId);
  });

  it('has as many lines as there are entries, not a page of them', async () => {
    const userId = await account.register();
    const many = `
      WITH priced AS (
        INSERT INTO prices (task_id, price_cents, fee_cents, reward_cents)
        SELECT uuid_v7(), 200, 100, 200 FROM generate_series(1, 2500) RETURNING task_id
      )
      SELECT task_id FROM priced`;
    const { database } = account.books;
    await query(database, many);
    await query(
      database,
      `INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents,
         business_day, task_id, assignment_number, event_id, occurred_at)
       SELECT uuid_v7(), 'fee', accounts.id, company.id, fee_cents, $2, task_id, 1, uuid_v7(), $3
       FROM accounts, accounts AS company, prices
       WHERE accounts.user_id = $1 AND company.kind = 'management'`,
      [userId, MONDAY, MONDAY_NOON],
    );
    const lines = linesOf((await textOf('/accounts/me/entries.csv', { id: userId })).text);
    expect(lines).toHaveLength(2_500);
    expect(lines[0]).toContain(',-1.00,-2500.00,USD,');
    expect(lines.at(-1)).toContain(',-1.00,-1.00,USD,');
  });
});
