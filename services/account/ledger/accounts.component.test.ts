import { taskDetails } from '../../shared/contracts/calls/board';
import { userBankAccount } from '../../shared/contracts/calls/user';
import { userCreated, userUpdated } from '../../shared/contracts/events/users';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { cloudEventOf } from '../../shared/testing/cloud-events';
import { BANK_ACCOUNT, startAccount, type AccountUnderTest } from '../testing/account-under-test';
import { MONDAY_NOON } from '../testing/test-books';

const OTHER_NUMBER = 'GB82WEST12345698765432';
const usd = (amount: string): object => ({ amount, currency: 'USD' });
const hours = (count: number): Date => new Date(MONDAY_NOON.getTime() + count * 3_600_000);

let account: AccountUnderTest;
const accountant = { id: newId(), role: 'accountant' as const };
const admin = { id: newId(), role: 'admin' as const };

beforeAll(async () => {
  account = await startAccount();
});
afterAll(() => account.stop());
beforeEach(() => account.setNow(MONDAY_NOON));

const deliver = async (...events: object[]): Promise<string[]> => {
  const answer = await account.client.deliver('users', events).expect(200);
  return (answer.body as { statuses: { status: string }[] }).statuses.map(({ status }) => status);
};
const confirmations = (userId: string): Promise<unknown[]> =>
  query(account.books.database, `SELECT id FROM outbox WHERE subject = $1`, [userId]);
const auditOf = (userId: string): Promise<{ action: string; details: object }[]> =>
  query(
    account.books.database,
    `SELECT action, details FROM audit_log JOIN accounts ON accounts.id::text = subject
     WHERE user_id = $1 ORDER BY at, audit_log.id`,
    [userId],
  );

const lettersOwedTo = (userId: string): Promise<object[]> =>
  query(
    account.books.database,
    'SELECT recipient, content FROM due_letters WHERE user_id = $1 ORDER BY id',
    [userId],
  );
/** The address is asked from User when the letter is sent. */
const letterAbout = (bankAccount: string): object => ({
  recipient: null,
  content: { template: 'bank-account-changed', bankAccount },
});

describe('UserCreated', () => {
  const created = (userId: string): object =>
    cloudEventOf(userCreated, { ...userCreated.example, userId });

  it('opens an account with the number that User knows, and confirms it', async () => {
    const userId = newId();
    expect(await deliver(created(userId))).toEqual(['SUCCESS']);
    const answer = await account.client.as({ id: userId }).get('/accounts/me').expect(200);
    expect(answer.body).toEqual({
      userId,
      nickname: 'kesha',
      balance: usd('0'),
      today: usd('0'),
      underWay: usd('0'),
      forecast: usd('0'),
      openDay: {
        day: '2026-03-02',
        from: '2026-03-01T15:00:00.000Z',
        cutOffAt: '2026-03-02T15:00:00.000Z',
      },
      bankAccount: BANK_ACCOUNT,
      fullName: null,
      payoutsHeld: null,
      version: 1,
    });
    expect(await confirmations(userId)).toHaveLength(1);
  });

  it('repeated confirms again and changes nothing', async () => {
    const userId = newId();
    await deliver(created(userId), created(userId));
    account.neighbours.answer(userBankAccount, () => ({ bankAccount: null }));
    expect(await deliver(created(userId))).toEqual(['SUCCESS']);
    account.neighbours.answer(userBankAccount, () => ({ bankAccount: BANK_ACCOUNT }));
    const answer = await account.client.as({ id: userId }).get('/accounts/me').expect(200);
    expect(answer.body).toMatchObject({ bankAccount: BANK_ACCOUNT, version: 1 });
    expect(await confirmations(userId)).toHaveLength(3);
  });

  it('opens an account with the name of the holder, where User knows one', async () => {
    const userId = newId();
    const fullName = 'Innokenty Popugayev';
    account.neighbours.answer(userBankAccount, () => ({ bankAccount: BANK_ACCOUNT, fullName }));
    await deliver(created(userId));
    account.neighbours.answer(userBankAccount, () => ({ bankAccount: BANK_ACCOUNT }));
    const answer = await account.client.as({ id: userId }).get('/accounts/me').expect(200);
    expect(answer.body).toMatchObject({ bankAccount: BANK_ACCOUNT, fullName });
  });

  it('waits while User is away: no account without its number', async () => {
    const userId = newId();
    const event = created(userId);
    account.neighbours.answer(userBankAccount, () => ({ refuse: 503 }));
    expect(await deliver(event)).toEqual(['RETRY']);
    await account.client.as({ id: userId }).get('/accounts/me').expect(404);
    expect(await confirmations(userId)).toHaveLength(0);
    account.neighbours.answer(userBankAccount, () => ({ bankAccount: BANK_ACCOUNT }));
    expect(await deliver(event)).toEqual(['SUCCESS']);
    await account.client.as({ id: userId }).get('/accounts/me').expect(200);
  });

  it('opens one account for twenty deliveries at once', async () => {
    const userId = newId();
    await Promise.all(Array.from({ length: 20 }, () => deliver(created(userId))));
    const sql = 'SELECT id FROM accounts WHERE user_id = $1';
    expect(await query(account.books.database, sql, [userId])).toHaveLength(1);
  });
});

describe('a nickname', () => {
  it('is that of the newest picture, whatever the order they come in', async () => {
    const userId = newId();
    const picture = (version: number, nickname: string): object =>
      cloudEventOf(userUpdated, { ...userUpdated.example, userId, version, nickname });
    await deliver(picture(3, 'third'));
    await deliver(picture(2, 'second'), picture(5, 'fifth'), picture(4, 'fourth'));
    await deliver(picture(4, 'fourth'));
    const sql = 'SELECT nickname, version FROM nicknames WHERE user_id = $1';
    expect(await query(account.books.database, sql, [userId])).toEqual([
      { nickname: 'fifth', version: 5 },
    ]);
  });
});

describe('GET /accounts/me/entries', () => {
  it('shows every entry newest first, with what it left and the task it came from', async () => {
    const userId = await account.register();
    const taskId = await account.work({ userId, finishedAt: hours(1) });
    const other = await account.work({ userId, fee: 700n });
    const answer = await account.client.as({ id: userId }).get('/accounts/me/entries').expect(200);
    const task = { title: `Task ${taskId}`, jiraId: 'UBERPOP-42' };
    expect(answer.body).toMatchObject({
      items: [
        { kind: 'fee', taskId: other, amount: usd('-700'), balanceAfter: usd('800') },
        { kind: 'reward', taskId, task, amount: usd('3000'), balanceAfter: usd('1500') },
        { kind: 'fee', taskId, task, amount: usd('-1500'), balanceAfter: usd('-1500') },
      ],
      next: null,
      tasksUnavailable: false,
    });
    const items = (answer.body as { items: object[] }).items;
    expect(items[1]).toMatchObject({
      at: hours(1).toISOString(),
      assignmentNumber: null,
      payoutId: null,
      reversesId: null,
    });
    const me = await account.client.as({ id: userId }).get('/accounts/me').expect(200);
    expect(me.body).toMatchObject({ balance: usd('800'), today: usd('800'), forecast: usd('800') });
  });

  it('still shows when Board is away, and says so', async () => {
    const userId = await account.register();
    await account.work({ userId });
    account.neighbours.answer(taskDetails, () => ({ refuse: 503 }));
    const answer = await account.client.as({ id: userId }).get('/accounts/me/entries').expect(200);
    account.neighbours.answer(taskDetails, () => ({ tasks: [] }));
    const unknown = await account.client.as({ id: userId }).get('/accounts/me/entries').expect(200);
    expect(answer.body).toMatchObject({ items: [{ task: null }], tasksUnavailable: true });
    expect(unknown.body).toMatchObject({ items: [{ task: null }], tasksUnavailable: false });
  });

  it('pages through all entries, each with the balance it left', async () => {
    const userId = await account.register();
    for (let i = 0; i < 5; i += 1) await account.work({ userId, fee: 100n });
    const seen: string[] = [];
    let cursor = '';
    do {
      const page = await account.client
        .as({ id: userId })
        .get(`/accounts/me/entries?limit=2${cursor}`)
        .expect(200);
      const { items, next } = page.body as {
        items: { balanceAfter: { amount: string } }[];
        next: string | null;
      };
      seen.push(...items.map(({ balanceAfter }) => balanceAfter.amount));
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(seen).toEqual(['-500', '-400', '-300', '-200', '-100']);
  });

  it('takes the business days asked for, balances counting all before', async () => {
    const userId = await account.register();
    await account.work({ userId, fee: 100n });
    account.setNow(hours(24));
    await account.work({ userId, fee: 10n });
    const get = (range: string) =>
      account.client.as({ id: userId }).get(`/accounts/me/entries?${range}`).expect(200);
    const tuesday = await get('from=2026-03-03&to=2026-03-03');
    expect(tuesday.body).toMatchObject({ items: [{ balanceAfter: usd('-110') }] });
    const monday = await get('from=2026-03-02&to=2026-03-02');
    expect(monday.body).toMatchObject({ items: [{ balanceAfter: usd('-100') }] });
    const me = await account.client.as({ id: userId }).get('/accounts/me').expect(200);
    expect(me.body).toMatchObject({ balance: usd('-110'), today: usd('-10'), forecast: usd('0') });
  });

  it.each([
    'from=2026-03-03&to=2026-03-02',
    'from=2020-01-01&to=2026-03-02',
    'from=yesterday',
    'from=2026-02-30',
    'limit=0',
    'limit=101',
    'limit=1.5',
    'limit=1&limit=2',
    'cursor=forged',
    'cursor=eyJkYXkiOiJ4In0',
    'shape=x',
  ])('refuses ?%s', async (asked) => {
    const userId = await account.register();
    await account.client.as({ id: userId }).get(`/accounts/me/entries?${asked}`).expect(400);
  });
});

describe('PUT /accounts/me/bank-account', () => {
  it('changes where payouts go and says in the audit log who did it, masked', async () => {
    const userId = await account.register();
    const put = () =>
      account.client
        .as({ id: userId })
        .put('/accounts/me/bank-account')
        .send({ bankAccount: OTHER_NUMBER })
        .expect(200);
    const answer = await put();
    expect(answer.body).toMatchObject({ bankAccount: OTHER_NUMBER, version: 2 });
    expect(answer.headers['etag']).toBe('"2"');
    expect((await put()).body).toMatchObject({ version: 2 });
    expect(await auditOf(userId)).toEqual([
      {
        action: 'account.bank-account-changed',
        details: {
          before: '••••••••••••••••4312',
          after: '••••••••••••••••••5432',
          reason: null,
        },
      },
    ]);
    expect(await lettersOwedTo(userId)).toEqual([letterAbout('••••••••••••••••••5432')]);
  });

  it.each([
    {},
    { bankAccount: null },
    { bankAccount: '4081781009991000431' },
    { bankAccount: 'GB82WEST12345698765433' },
    { bankAccount: 40817810099910 },
    { bankAccount: BANK_ACCOUNT, balance: '1' },
    { bankAccount: BANK_ACCOUNT, fullName: '  ' },
    { bankAccount: BANK_ACCOUNT, fullName: 'two\nlines' },
    { bankAccount: BANK_ACCOUNT, fullName: 'x'.repeat(71) },
  ])('refuses %j', async (body) => {
    const userId = await account.register();
    const me = account.client.as({ id: userId });
    await me.put('/accounts/me/bank-account').send(body).expect(400);
  });
});

describe('all money', () => {
  it('is listed for accountants page by page, the newest account first', async () => {
    const ids = [await account.register(), await account.register(), await account.register()];
    const first = await account.client.as(accountant).get('/accounts?limit=2').expect(200);
    const page = first.body as { items: { userId: string }[]; next: string };
    expect(page.items.map(({ userId }) => userId)).toEqual([ids[2], ids[1]]);
    const second = await account.client
      .as(accountant)
      .get(`/accounts?limit=1&cursor=${page.next}`)
      .expect(200);
    expect(second.body).toMatchObject({ items: [{ userId: ids[0] }] });
  });

  it('shows bank account numbers to accountants and masks them for others', async () => {
    const userId = await account.register();
    const seenBy = async (role: 'accountant' | 'admin'): Promise<unknown> =>
      (await account.client.as({ role }).get(`/accounts/${userId}`).expect(200)).body;
    expect(await seenBy('accountant')).toMatchObject({ bankAccount: BANK_ACCOUNT });
    expect(await seenBy('admin')).toMatchObject({ bankAccount: '••••••••••••••••4312' });
  });

  it('includes the statement of anybody', async () => {
    const userId = await account.register();
    await account.work({ userId });
    const path = `/accounts/${userId}/entries`;
    const answer = await account.client.as(admin).get(path).expect(200);
    expect((answer.body as { items: object[] }).items).toHaveLength(1);
    await account.client.as(admin).get(`/accounts/${newId()}/entries`).expect(404);
  });

  it('is nothing for an employee or manager, whosever account it is', async () => {
    const userId = await account.register();
    for (const role of ['employee', 'manager'] as const) {
      const somebody = account.client.as({ id: userId, role });
      await somebody.get('/accounts').expect(403);
      await somebody.get(`/accounts/${userId}`).expect(403);
      await somebody.get(`/accounts/${userId}/entries`).expect(403);
      await somebody.patch(`/accounts/${userId}`).set('if-match', '"1"').send({}).expect(403);
    }
    await account.client.anonymous().get('/accounts').expect(401);
    await account.client.anonymous().get('/accounts/me').expect(401);
  });

  it.each([
    'me',
    '{0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e}',
    '0192C5A4-7B1E-7CC3-9D7E-2F4A6B8C0D1E',
    '0192c5a47b1e7cc39d7e2f4a6b8c0d1e',
  ])('refuses to change the account of %s', async (id) => {
    const path = `/accounts/${id}`;
    await account.client.as(admin).patch(path).set('if-match', '"1"').send({}).expect(400);
  });
});

describe('PATCH /accounts/{userId}', () => {
  const patch = (userId: string, body: object, version = 1, who = accountant) =>
    account.client.as(who).patch(`/accounts/${userId}`).set('if-match', `"${version}"`).send(body);

  it('owes the person a letter about another number, none about anything else', async () => {
    const userId = await account.register();
    await patch(userId, { bankAccount: BANK_ACCOUNT, payoutsHeld: { reason: 'disputed' } });
    expect(await lettersOwedTo(userId)).toEqual([]);
    expect((await patch(userId, { bankAccount: OTHER_NUMBER }, 2)).status).toBe(200);
    expect((await patch(userId, { bankAccount: null }, 3)).status).toBe(200);
    expect(await lettersOwedTo(userId)).toEqual([letterAbout('••••••••••••••••••5432')]);
  });

  it('holds payouts back with a reason and lets them go again', async () => {
    const userId = await account.register();
    await account.work({ userId, finishedAt: hours(1) });
    const held = await patch(userId, { payoutsHeld: { reason: 'number under dispute' } });
    expect(held.status).toBe(200);
    expect(held.body).toMatchObject({
      payoutsHeld: { reason: 'number under dispute', by: accountant.id },
      balance: usd('1500'),
      forecast: usd('0'),
      version: 2,
    });
    const released = await patch(userId, { payoutsHeld: null }, 2);
    expect(released.body).toMatchObject({ payoutsHeld: null, forecast: usd('1500'), version: 3 });
    expect((await auditOf(userId)).map(({ action }) => action)).toEqual([
      'account.payouts-held',
      'account.payouts-released',
    ]);
  });

  it('keeps what is left out and clears what is null', async () => {
    const userId = await account.register();
    expect((await patch(userId, {})).body).toMatchObject({ bankAccount: BANK_ACCOUNT, version: 1 });
    expect((await patch(userId, { bankAccount: null })).body).toMatchObject({ bankAccount: null });
  });

  it('asks which version was seen, and refuses a stale one', async () => {
    const userId = await account.register();
    const path = `/accounts/${userId}`;
    await account.client.as(accountant).patch(path).send({}).expect(428);
    await patch(userId, { bankAccount: OTHER_NUMBER }, 2).expect(412);
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, n) => patch(userId, { payoutsHeld: { reason: `${n}` } })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array(9).fill(412)]);
  });

  it('is never for one’s own account', async () => {
    const userId = await account.register();
    const answer = await patch(userId, { payoutsHeld: null }, 1, { ...accountant, id: userId });
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ type: 'own-account' });
  });

  it.each([
    { balance: '1' },
    { payoutsHeld: {} },
    { payoutsHeld: { reason: ' ' } },
    { payoutsHeld: { reason: '\u3164' } },
    { payoutsHeld: { reason: '\u2800\u200b' } },
    { payoutsHeld: { reason: 'a\0b' } },
    { payoutsHeld: 'yes' },
    { bankAccount: '1' },
    { version: 7 },
  ])('refuses %j', async (body) => {
    const userId = await account.register();
    await patch(userId, body).expect(400);
  });

  it('answers 404 for nobody’s account', async () => {
    await patch(newId(), {}).expect(404);
  });
});
