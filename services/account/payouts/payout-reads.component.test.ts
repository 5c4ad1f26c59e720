import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import type { Money } from '../../shared/kernel/money';
import type { TestCaller, TestClient } from '../../shared/testing/test-service';
import { bookReturn } from '../testing/corrections';
import { accountOf } from '../testing/evening-clients';
import {
  createTestEvening,
  earn,
  holdPayouts,
  openPayee,
  runEvening,
  setBankAccount,
  type TestEvening,
} from '../testing/test-evening';
import { timelineOf } from './domain/timeline';
import { readDay } from './queries/day-figures';
import { readPayout } from './queries/payouts';

const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';
const usd = (amount: string): Money => ({ amount, currency: 'USD' });
const accountant: TestCaller = { id: newId(), role: 'accountant' };

let evening: TestEvening;
let client: TestClient;
beforeEach(async () => {
  evening = await createTestEvening();
  client = accountOf(evening);
});
afterEach(() => evening.drop());

interface Payout {
  id: string;
  userId: string | null;
  state: string;
  timeline: { kind: string; at: string; by: string | null; bankAccount: string | null }[];
}

async function get<Body>(path: string, by: TestCaller = accountant): Promise<Body> {
  return (await client.as(by).get(path).expect(200)).body as Body;
}
const payouts = async (search = ''): Promise<Payout[]> =>
  (await get<{ items: Payout[] }>(`/payouts${search}`)).items;
const close = (day: string) => client.as(accountant).post(`/business-days/${day}/close`);

async function payee(cents: bigint): Promise<string> {
  const userId = await openPayee(evening.books);
  await earn(evening.books, userId, cents);
  return userId;
}

describe('a business day', () => {
  it('says who closed it, what is paid and what was carried; its preview said so before', async () => {
    await payee(2500n);
    await payee(1500n);
    await payee(-10_000n);
    await holdPayouts(evening.books, await payee(40n));
    const { body: preview } = await client
      .as(accountant)
      .post(`/business-days/${MONDAY}/close?dryRun=true`)
      .expect(200);
    const figures = {
      day: MONDAY,
      from: '2026-03-01T15:00:00.000Z',
      fees: usd('10000'),
      rewards: usd('4040'),
      corrections: usd('0'),
      earned: usd('5960'),
      returned: usd('0'),
      payouts: { planned: 3 },
      payoutTotal: usd('9960'),
      carried: { count: 1, amount: usd('-10000') },
      held: { count: 1, amount: usd('40') },
    };
    expect(preview).toMatchObject({ ...figures, state: 'open', closedAt: null, closedBy: null });
    const { body: closed } = await close(MONDAY).expect(200);
    expect(closed).toMatchObject({ ...figures, state: 'closed', closedBy: accountant.id });
    expect((closed as { closedAt: string }).closedAt).toMatch(/Z$/);
    const { items } = await get<{ items: object[] }>('/business-days');
    expect(items).toMatchObject([
      { day: TUESDAY, state: 'open', from: '2026-03-02T09:00:00.000Z', closedAt: null },
      closed,
    ]);
  });

  it('closed by itself has no author, and says what the bank sent back', async () => {
    const userId = await payee(2500n);
    evening.pass(86_400_000);
    await runEvening(evening.desk);
    const [{ id }] = (await payouts(`?userId=${userId}`)) as [Payout];
    evening.pass(60_000);
    await bookReturn(evening, id);
    expect(await readDay(evening.books, MONDAY)).toMatchObject({
      state: 'closed',
      closedBy: null,
      closedAt: expect.any(Date),
      returnedCents: 0n,
    });
    const tuesday = await readDay(evening.books, TUESDAY);
    expect(tuesday).toMatchObject({ returnedCents: 2500n, earnedCents: 0n });
    const payout = await readPayout(evening.books.database, id);
    expect(payout.returned).toMatchObject({
      at: evening.books.clock(),
      reason: 'account closed',
    });
    expect(timelineOf(payout).at(-1)).toMatchObject({ kind: 'returned', reason: 'account closed' });
  });

  it('is a line of the file, as a number where it is a sum', async () => {
    await payee(-10_050n);
    await close(MONDAY).expect(200);
    const { text } = await client.as(accountant).get('/business-days.csv').buffer(true);
    const [head, tuesday, monday] = text.split('\r\n');
    expect(head).toContain('Business day,State,From (Europe/Moscow)');
    expect(tuesday).toContain(`${TUESDAY},open,2026-03-02 12:00:00,2026-03-03 18:00:00,,,0.00`);
    expect(monday).toContain(`${MONDAY},closed,2026-03-01 18:00:00,2026-03-02 12:00:00,`);
    expect(monday).toContain(`,${accountant.id},100.50,0.00,0.00,100.50,0.00,100.50,-100.50,0.00,`);
    await client.as({ role: 'manager' }).get('/business-days.csv').expect(403);
  });
});

describe('payouts', () => {
  /** One payout that failed, one that is paid, the management's is paid. */
  async function settled(): Promise<{ failed: string; paid: string }> {
    const [failed, paid] = [await payee(2500n), await payee(1500n)];
    await payee(-10_000n);
    await setBankAccount(evening.books, failed, null);
    await close(MONDAY).expect(200);
    await runEvening(evening.desk);
    return { failed, paid };
  }

  it('are filtered by person and by several states, and counted', async () => {
    const { failed, paid } = await settled();
    expect(await payouts(`?userId=${failed}`)).toMatchObject([{ userId: failed, state: 'failed' }]);
    expect(await payouts(`?userId=${newId()}`)).toEqual([]);
    expect(await payouts('?state=failed&state=needs_review')).toMatchObject([{ userId: failed }]);
    const states = (await payouts('?state=paid&state=failed')).map(({ state }) => state);
    expect(states.sort()).toEqual(['failed', 'paid', 'paid']);
    expect(await payouts(`?day=${TUESDAY}`)).toEqual([]);
    await client.as(accountant).get('/payouts?state=lost').expect(400);

    const none = { planned: 0, transferring: 0, unknown: 0, needs_review: 0, cancelled: 0 };
    const counts = await get<object>(`/payouts/counts?day=${MONDAY}`);
    expect(counts).toMatchObject({ ...none, failed: 1, paid: 2 });
    expect(await get('/payouts/counts')).toEqual(counts);
    expect(await get(`/payouts/counts?userId=${paid}`)).toMatchObject({ failed: 0, paid: 1 });
    expect(await get(`/payouts/counts?day=${TUESDAY}`)).toMatchObject({ failed: 0, paid: 0 });
    for (const path of ['counts', 'bank']) {
      await client.as({ role: 'manager' }).get(`/payouts/${path}`).expect(403);
    }
  });

  it('tell their life: refused, retried by whom, paid, with a letter each time', async () => {
    const { failed } = await settled();
    const [{ id }] = (await payouts('?state=failed')) as [Payout];
    expect(await get(`/payouts/${id}`)).toMatchObject({
      reasonCode: 'no-bank-account',
      letterState: 'sent',
      nextTryAt: null,
    });
    await setBankAccount(evening.books, failed, '40817810099910004312');
    evening.pass(60_000);
    await client.as(accountant).post(`/payouts/${id}/retry`).expect(200);
    await runEvening(evening.desk);
    const payout = await get<Payout>(`/payouts/${id}`);
    expect(payout).toMatchObject({ state: 'paid', reasonCode: null });
    const kinds = payout.timeline.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind !== 'retried')).toEqual([
      'planned',
      'attempt',
      'refused',
      'letter-sent',
      'attempt',
      'paid',
      'letter-sent',
    ]);
    expect(payout.timeline.find(({ kind }) => kind === 'retried')).toMatchObject({
      by: accountant.id,
    });
    const [, second] = payout.timeline.filter(({ kind }) => kind === 'attempt');
    expect(second!.bankAccount).toMatch(/4312$/);
    expect(JSON.stringify(payout)).not.toContain('40817810099910004312');

    const { items } = await get<{ items: Payout[] }>('/accounts/me/payouts', { id: failed });
    expect(items[0]!.timeline.map(({ kind }) => kind).sort()).toEqual([...kinds].sort());
    expect(items[0]!.timeline.every(({ by }) => by === null)).toBe(true);
  });

  it('are a file, with the filters of the list; one’s own without names', async () => {
    const { failed, paid } = await settled();
    const sql = 'INSERT INTO nicknames (user_id, nickname, version) VALUES ($1, $2, 1)';
    await query(evening.books.database, sql, [failed, '@kesha']);
    const all = await client.as(accountant).get(`/payouts.csv?day=${MONDAY}`).buffer(true);
    expect(all.headers['content-disposition']).toContain(`popug-payouts-${MONDAY}.csv`);
    expect(all.text.split('\r\n')).toHaveLength(5);
    expect(all.text).toContain(
      `\r\n'@kesha,${failed},${MONDAY},25.00,USD,failed,There is no bank account to pay to,1,,,`,
    );
    const some = await client.as(accountant).get('/payouts.csv?state=failed&state=unknown');
    expect(some.text.split('\r\n')).toHaveLength(3);
    const own = await client.as({ id: paid }).get('/accounts/me/payouts.csv').buffer(true);
    expect(own.text).toMatch(new RegExp(`\\r\\n${MONDAY},15\\.00,USD,paid,,1,.*\\r\\n$`));
    expect(own.text).not.toContain(paid);
  });
});

describe('GET /payouts/bank', () => {
  const bank = () => get('/payouts/bank');

  it('is ok while the bank answers, failing from a minute on, and ok again', async () => {
    expect(await bank()).toEqual({ state: 'ok', since: null, waiting: 0 });
    await payee(2500n);
    await close(MONDAY).expect(200);
    expect(await bank()).toEqual({ state: 'ok', since: null, waiting: 1 });
    const since = evening.books.clock().toISOString();
    evening.payment.behave = () => 'in-progress';
    await runEvening(evening.desk);
    expect(await bank()).toEqual({ state: 'ok', since: null, waiting: 1 });
    evening.pass(120_000);
    expect(await bank()).toEqual({ state: 'failing', since, waiting: 1 });
    const [payout] = await payouts();
    expect(payout).toMatchObject({ state: 'unknown', reasonCode: 'in-progress' });
    expect(payout!.timeline.at(-1)).toMatchObject({ kind: 'unclear', attempt: 1 });
    expect(payout).toHaveProperty('nextTryAt', expect.any(String));
  });

  it('does not wait for payouts on hold', async () => {
    await holdPayouts(evening.books, await payee(2500n));
    await close(MONDAY).expect(200);
    expect(await bank()).toMatchObject({ state: 'ok', waiting: 0 });
  });
});
