import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import type { Money } from '../../shared/kernel/money';
import { asOwner } from '../../shared/testing/test-database';
import type { TestCaller, TestClient } from '../../shared/testing/test-service';
import { accountOf } from '../testing/evening-clients';
import {
  balanceInLedger,
  brokenInvariants,
  createTestEvening,
  earn,
  holdPayouts,
  newBankAccount,
  openPayee,
  runEvening,
  type TestEvening,
} from '../testing/test-evening';
import { putTransfer } from './clients/payment';
import { attemptKey } from './domain/payout';

const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';
const usd = (amount: string): Money => ({ amount, currency: 'USD' });

let evening: TestEvening;
let client: TestClient;
const accountant: TestCaller = { id: newId(), role: 'accountant' };

beforeEach(async () => {
  evening = await createTestEvening();
  client = accountOf(evening);
});
afterEach(() => evening.drop());

/** Returns a payee who earned that sum on a Monday that is closed by hand. */
async function owed(cents: bigint): Promise<string> {
  const userId = await openPayee(evening.books);
  await earn(evening.books, userId, cents);
  await client.as(accountant).post(`/business-days/${MONDAY}/close`).expect(200);
  return userId;
}

interface PayoutBody {
  id: string;
  state: string;
}

async function onlyPayout(): Promise<PayoutBody> {
  const { body } = await client.as(accountant).get('/payouts').expect(200);
  const { items } = body as { items: PayoutBody[] };
  expect(items).toHaveLength(1);
  return items[0]!;
}

/** Returns a payout that the bank refused. */
async function refused(): Promise<{ userId: string; id: string }> {
  const userId = await owed(2500n);
  evening.payment.behave = () => 'refuse';
  await runEvening(evening.desk);
  const { id } = await onlyPayout();
  evening.payment.behave = () => 'succeed';
  return { userId, id };
}

/** Returns a payout that needs review: Payment's answers are unreadable. */
async function doubtful(): Promise<{ userId: string; id: string }> {
  const userId = await owed(2500n);
  evening.payment.behave = () => 'garble-always';
  await runEvening(evening.desk);
  evening.pass(3_600_000);
  await runEvening(evening.desk);
  const { id, state } = await onlyPayout();
  expect(state).toBe('needs_review');
  evening.payment.heal();
  return { userId, id };
}

const auditOf = (subject: string): Promise<object[]> =>
  query(
    evening.books.database,
    'SELECT actor_id, action, details FROM audit_log WHERE subject = $1',
    [subject],
  );

interface FindingBody {
  outcome: string;
  bankReference?: string;
  reason: string;
}

/** Details of the audit row of a finding. */
function detailsOf({ outcome, reason, ...facts }: FindingBody): object {
  return { before: { state: 'needs_review' }, after: { state: outcome, ...facts }, reason };
}

describe('business days', () => {
  it('before anything was booked: none, and none can be closed', async () => {
    const { body } = await client.as(accountant).get('/business-days').expect(200);
    expect(body).toEqual({ items: [], next: null });
    await client.as(accountant).get(`/business-days/${MONDAY}`).expect(404);
  });

  it('lists the open one with what it came to so far', async () => {
    await earn(evening.books, await openPayee(evening.books), -1000n);
    const { body } = await client.as(accountant).get('/business-days').expect(200);
    expect(body).toEqual({
      items: [
        {
          day: MONDAY,
          state: 'open',
          from: '2026-03-01T15:00:00.000Z',
          cutOffAt: '2026-03-02T15:00:00.000Z',
          closedAt: null,
          closedBy: null,
          fees: usd('1000'),
          rewards: usd('0'),
          corrections: usd('0'),
          earned: usd('1000'),
          returned: usd('0'),
          payouts: {},
          payoutTotal: usd('0'),
          carried: { count: 0, amount: usd('0') },
          held: { count: 0, amount: usd('0') },
        },
      ],
      next: null,
    });
  });

  it('closing: previewed, done, repeated with the same answer', async () => {
    await earn(evening.books, await openPayee(evening.books), 700n);
    const path = `/business-days/${MONDAY}/close`;
    const preview = await client.as(accountant).post(`${path}?dryRun=true`).expect(200);
    expect(preview.body).toMatchObject({ state: 'open', payouts: { planned: 1 } });
    const closed = await client.as(accountant).post(path).expect(200);
    expect(closed.body).toMatchObject({
      state: 'closed',
      cutOffAt: '2026-03-02T09:00:00.000Z',
      payouts: { planned: 1 },
    });
    evening.pass(60_000);
    const again = await client.as(accountant).post(path).expect(200);
    expect(again.body).toEqual(closed.body);
    expect(await auditOf(MONDAY)).toMatchObject([
      { actor_id: accountant.id, action: 'business-day.closed' },
    ]);
  });

  it('closing with an Idempotency-Key: a repeat gets the answer of the first, when all is paid too', async () => {
    await earn(evening.books, await openPayee(evening.books), 700n);
    const close = () => {
      const request = client.as(accountant).post(`/business-days/${MONDAY}/close`);
      return request.set({ 'idempotency-key': 'K1' });
    };
    const closed = await close().expect(200);
    expect(closed.body).toMatchObject({ payouts: { planned: 1 } });
    await runEvening(evening.desk);
    expect((await close().expect(200)).body).toEqual(closed.body);
    const { body } = await client.as(accountant).get(`/business-days/${MONDAY}`).expect(200);
    expect(body).toMatchObject({ payouts: { paid: 1 } });
  });

  it('the day that has not begun: 409', async () => {
    await owed(100n);
    const answer = await client.as(accountant).post(`/business-days/${TUESDAY}/close`).expect(409);
    expect(answer.body).toMatchObject({ type: 'business-day-not-begun' });
    await client.as(accountant).post(`/business-days/${TUESDAY}/close?dryRun=true`).expect(409);
  });

  it('go from page to page', async () => {
    await owed(100n);
    const first = await client.as(accountant).get('/business-days?limit=1').expect(200);
    expect(first.body).toMatchObject({ items: [{ day: TUESDAY, state: 'open' }] });
    const next = (first.body as { next: string }).next;
    const second = await client.as(accountant).get(`/business-days?limit=1&cursor=${next}`);
    expect(second.body).toMatchObject({ items: [{ day: MONDAY }], next: null });
  });

  it.each([
    ['get', '/business-days/2026-02-30', 400],
    ['get', '/business-days/today', 400],
    ['get', '/business-days?cursor=forged', 400],
    ['get', '/payouts?state=unheard-of', 400],
    ['get', '/payouts?limit=0', 400],
    ['post', `/business-days/${MONDAY}/close?dryRun=maybe`, 400],
    ['post', '/business-days/1999-01-01/close', 404],
  ] as const)('%s %s: %i', async (method, path, status) => {
    await client.as(accountant)[method](path).expect(status);
  });
});

describe('who may', () => {
  it.each([
    ['get', '/business-days'],
    ['get', `/business-days/${MONDAY}`],
    ['post', `/business-days/${MONDAY}/close`],
    ['get', '/payouts'],
    ['get', `/payouts/${newId()}`],
    ['post', `/payouts/${newId()}/retry`],
    ['post', `/payouts/${newId()}/cancel`],
    ['post', `/payouts/${newId()}/resolve`],
  ] as const)('%s %s: not without payouts.manage', async (method, path) => {
    await client.as({ role: 'manager' })[method](path).expect(403);
    await client.anonymous()[method](path).expect(401);
  });

  it.each(['retry', 'cancel'])('%s of an own payout: 403 own-account', async (deed) => {
    const { userId, id } = await refused();
    const self = client.as({ id: userId, role: 'accountant' });
    const answer = await self.post(`/payouts/${id}/${deed}`).expect(403);
    expect(answer.body).toMatchObject({ type: 'own-account' });
    expect(await onlyPayout()).toMatchObject({ state: 'failed' });
  });

  it('resolving an own payout: 403 own-account', async () => {
    const { userId, id } = await doubtful();
    const body = { outcome: 'failed', reason: 'pay me again' };
    const self = client.as({ id: userId, role: 'accountant' });
    await self.post(`/payouts/${id}/resolve`).send(body).expect(403);
    expect(await onlyPayout()).toMatchObject({ state: 'needs_review' });
  });
});

describe('payouts', () => {
  it('are found by day and state, newest first, page by page', async () => {
    await earn(evening.books, await openPayee(evening.books), 100n);
    await earn(evening.books, await openPayee(evening.books), 200n);
    await owed(300n);
    const count = async (filter: string): Promise<number> => {
      const { body } = await client.as(accountant).get(`/payouts?${filter}`).expect(200);
      return (body as { items: unknown[] }).items.length;
    };
    expect(await count(`day=${MONDAY}`)).toBe(3);
    expect(await count(`day=${TUESDAY}`)).toBe(0);
    expect(await count('state=planned')).toBe(3);
    expect(await count('state=paid')).toBe(0);
    const seen = new Set<string>();
    let cursor = '';
    do {
      const page = await client.as(accountant).get(`/payouts?limit=1${cursor}`).expect(200);
      const { items, next } = page.body as { items: PayoutBody[]; next: string | null };
      for (const { id } of items) seen.add(id);
      cursor = next === null ? '' : `&cursor=${next}`;
    } while (cursor !== '');
    expect(seen.size).toBe(3);
  });

  it('one’s own are shown to oneself only', async () => {
    const kesha = await owed(2500n);
    await runEvening(evening.desk);
    const own = await client.as({ id: kesha }).get('/accounts/me/payouts').expect(200);
    expect(own.body).toMatchObject({
      items: [
        {
          userId: kesha,
          day: MONDAY,
          amount: usd('2500'),
          state: 'paid',
          attempts: [{ outcome: 'succeeded' }],
          letterSentAt: evening.books.clock().toISOString(),
        },
      ],
      next: null,
    });
    const others = await client.as({}).get('/accounts/me/payouts').expect(200);
    expect(others.body).toEqual({ items: [], next: null });
  });

  it('unknown: 404', async () => {
    await client.as(accountant).get(`/payouts/${newId()}`).expect(404);
    await client.as(accountant).post(`/payouts/${newId()}/retry`).expect(404);
  });

  it('failed and retried: planned again, paid by the worker, everything on record', async () => {
    const { userId, id } = await refused();
    const answer = await client.as(accountant).post(`/payouts/${id}/retry`).expect(200);
    expect(answer.body).toMatchObject({ id, state: 'planned', reason: null });
    await client.as(accountant).post(`/payouts/${id}/retry`).expect(409);
    await runEvening(evening.desk);
    const { body } = await client.as(accountant).get(`/payouts/${id}`).expect(200);
    expect(body).toMatchObject({
      state: 'paid',
      attempts: [{ outcome: 'refused', reason: 'no such number' }, { outcome: 'succeeded' }],
    });
    expect(await balanceInLedger(evening.books, userId)).toBe(0n);
    expect(await auditOf(id)).toMatchObject([
      { actor_id: accountant.id, action: 'payout.retried' },
    ]);
  });

  it('retried ten times at once: one new attempt', async () => {
    const { id } = await refused();
    const retries = Array.from({ length: 10 }, () =>
      client.as(accountant).post(`/payouts/${id}/retry`),
    );
    const statuses = (await Promise.all(retries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(9).fill(409)]);
  });

  describe('decided with an Idempotency-Key', () => {
    type Deed = 'retry' | 'cancel' | 'resolve';
    const decide = (id: string, deed: Deed, key: string, body?: object) => {
      const request = client.as(accountant).post(`/payouts/${id}/${deed}`);
      return request.set({ 'idempotency-key': key }).send(body);
    };

    it('a repeated retry answers the same, and starts no other attempt, whatever came between', async () => {
      const { id } = await refused();
      evening.payment.behave = () => 'refuse';
      const first = await decide(id, 'retry', 'K1').expect(200);
      expect((await decide(id, 'retry', 'K1').expect(200)).body).toEqual(first.body);
      await runEvening(evening.desk);
      expect(await onlyPayout()).toMatchObject({ state: 'failed' });
      expect((await decide(id, 'retry', 'K1').expect(200)).body).toEqual(first.body);
      await runEvening(evening.desk);
      expect(await onlyPayout()).toMatchObject({ state: 'failed', attempts: [{}, {}] });
      await decide(id, 'retry', 'K2').expect(200);
      await runEvening(evening.desk);
      expect((await decide(id, 'retry', 'K1').expect(200)).body).toEqual(first.body);
      expect(await onlyPayout()).toMatchObject({ state: 'failed', attempts: [{}, {}, {}] });
      expect(await auditOf(id)).toHaveLength(2);
    });

    it('ten times at once: one decision, ten times the same answer', async () => {
      const { id } = await refused();
      const ten = await Promise.all(Array.from({ length: 10 }, () => decide(id, 'retry', 'K1')));
      expect(new Set(ten.map(({ status }) => status))).toEqual(new Set([200]));
      expect(new Set(ten.map(({ text }) => text)).size).toBe(1);
      expect(await auditOf(id)).toHaveLength(1);
    });

    it('a repeated cancel, and a repeated resolve, answer the same', async () => {
      const { id } = await doubtful();
      const body = { outcome: 'failed', reason: 'the bank never saw it' };
      const resolved = await decide(id, 'resolve', 'K1', body).expect(200);
      const cancelled = await decide(id, 'cancel', 'K1').expect(200);
      expect(cancelled.body).toMatchObject({ state: 'cancelled' });
      // A repeat does not call Payment.
      evening.payment.isUp = false;
      expect((await decide(id, 'resolve', 'K1', body).expect(200)).body).toEqual(resolved.body);
      expect((await decide(id, 'cancel', 'K1').expect(200)).body).toEqual(cancelled.body);
      expect(await auditOf(id)).toHaveLength(2);
    });

    it('the same key for something else: 422; of somebody else: their own decision', async () => {
      const { id } = await doubtful();
      const body = { outcome: 'failed', reason: 'the bank never saw it' };
      await decide(id, 'resolve', 'K1', body).expect(200);
      const other = { outcome: 'paid', reason: 'the bank has seen it' };
      const answer = await decide(id, 'resolve', 'K1', other).expect(422);
      expect(answer.body).toMatchObject({ type: 'idempotency-key-reused' });
      const colleague = client.as({ id: newId(), role: 'accountant' });
      const path = `/payouts/${id}/resolve`;
      await colleague.post(path).set({ 'idempotency-key': 'K1' }).send(body).expect(409);
    });
  });

  it('failed and cancelled: owed again at the next closing', async () => {
    const { id } = await refused();
    const answer = await client.as(accountant).post(`/payouts/${id}/cancel`).expect(200);
    expect(answer.body).toMatchObject({ state: 'cancelled' });
    evening.setNow(new Date('2026-03-02T15:00:00Z'));
    const closed = await client.as(accountant).post(`/business-days/${TUESDAY}/close`).expect(200);
    expect(closed.body).toMatchObject({ payouts: { planned: 1 } });
    expect(await brokenInvariants(evening.books)).toEqual([]);
  });

  it.each(['retry', 'cancel'])('planned: %s is a conflict', async (deed) => {
    await owed(100n);
    const { id } = await onlyPayout();
    const answer = await client.as(accountant).post(`/payouts/${id}/${deed}`).expect(409);
    expect(answer.body).toMatchObject({ type: 'payout-state' });
  });

  it('needing review and found paid: booked, with the reference of the bank', async () => {
    const { userId, id } = await doubtful();
    const body = { outcome: 'paid', bankReference: 'B-7', reason: 'seen on the bank statement' };
    const answer = await client.as(accountant).post(`/payouts/${id}/resolve`).send(body);
    expect(answer.body).toMatchObject({ state: 'paid', bankReference: 'B-7' });
    expect(await balanceInLedger(evening.books, userId)).toBe(0n);
    await runEvening(evening.desk);
    expect(evening.payment.letters).toMatchObject([{ letter: { template: 'payout-paid' } }]);
    expect(await brokenInvariants(evening.books)).toEqual([]);
    expect(await auditOf(id)).toMatchObject([
      { actor_id: accountant.id, action: 'payout.resolved', details: detailsOf(body) },
    ]);
  });

  it('needing review and found not executed: failed, and can be retried', async () => {
    const { userId, id } = await doubtful();
    const body = { outcome: 'failed', reason: 'the bank never saw it' };
    const resolved = await client.as(accountant).post(`/payouts/${id}/resolve`).send(body);
    expect(resolved.body).toMatchObject({ state: 'failed', reason: 'the bank never saw it' });
    await client.as(accountant).post(`/payouts/${id}/retry`).expect(200);
    await runEvening(evening.desk);
    expect(await balanceInLedger(evening.books, userId)).toBe(0n);
  });

  it('needing review and found not executed: what stood still until now moves nothing', async () => {
    const { id } = await doubtful();
    const body = { outcome: 'failed', reason: 'the bank never saw it' };
    await client.as(accountant).post(`/payouts/${id}/resolve`).send(body).expect(200);
    await client.as(accountant).post(`/payouts/${id}/retry`).expect(200);
    const order = { ...usd('2500'), bankAccount: newBankAccount() };
    const late = await putTransfer(evening.desk.sidecar, attemptKey(id, 1), order);
    expect(late).toEqual({ verdict: 'withdrawn' });
    await runEvening(evening.desk);
    expect(evening.payment.carriedOut).toHaveLength(1);
  });

  it.each(['paid', 'failed'] as const)(
    'said to be %s, as Payment says too, and cut off before that is recorded: said again',
    async (outcome) => {
      const { userId, id } = await doubtful();
      evening.payment.decide(attemptKey(id, 1), outcome === 'paid' ? 'succeeded' : 'refused');
      const body = { outcome, reason: 'seen on the statement' };
      const resolve = (status: number): Promise<unknown> =>
        client.as(accountant).post(`/payouts/${id}/resolve`).send(body).expect(status);
      await asOwner(evening.test, [
        'ALTER TABLE audit_log ADD CONSTRAINT away CHECK (false) NOT VALID',
      ]);
      await resolve(500);
      expect(await onlyPayout()).toMatchObject({ state: 'needs_review' });
      await asOwner(evening.test, ['ALTER TABLE audit_log DROP CONSTRAINT away']);
      await resolve(200);
      expect(await onlyPayout()).toMatchObject({ state: outcome });
      expect(await balanceInLedger(evening.books, userId)).toBe(outcome === 'paid' ? 0n : 2500n);
      expect(await auditOf(id)).toMatchObject([
        { action: 'payout.resolved', details: detailsOf(body) },
      ]);
    },
  );

  it.each(['paid', 'failed'])(
    'needing review while Payment has it in progress: saying %s is refused',
    async (outcome) => {
      const { id } = await doubtful();
      evening.payment.progress(attemptKey(id, 1));
      const body = { outcome, reason: 'seen somewhere' };
      const resolve = client.as(accountant).post(`/payouts/${id}/resolve`);
      const { body: problem } = await resolve.send(body).expect(409);
      expect(problem).toMatchObject({ type: 'transfer-in-progress' });
      expect(await onlyPayout()).toMatchObject({ state: 'needs_review' });
    },
  );

  it('needing review while Payment talks nonsense, or is away: refused', async () => {
    const { userId, id } = await doubtful();
    const body = { outcome: 'failed', reason: 'the bank says so' };
    const resolve = (status: number): Promise<unknown> =>
      client.as(accountant).post(`/payouts/${id}/resolve`).send(body).expect(status);
    evening.payment.isUp = false;
    await resolve(503);
    evening.neighbours.takeOver(/bank-transfers/, (_, response) => response.end('<html>'));
    await resolve(409);
    expect(await onlyPayout()).toMatchObject({ state: 'needs_review' });
    expect(await balanceInLedger(evening.books, userId)).toBe(2500n);
  });

  it('needing review, said to have failed, but executed: what Payment says happens', async () => {
    const { userId, id } = await doubtful();
    evening.payment.decide(attemptKey(id, 1), 'succeeded');
    const body = { outcome: 'failed', reason: 'I could not find it' };
    const resolve = client.as(accountant).post(`/payouts/${id}/resolve`);
    const { body: problem } = await resolve.send(body).expect(409);
    expect(problem).toMatchObject({ type: 'transfer-settled' });
    expect(await onlyPayout()).toMatchObject({ state: 'paid' });
    expect(await balanceInLedger(evening.books, userId)).toBe(0n);
    await client.as(accountant).post(`/payouts/${id}/retry`).expect(409);
    expect(await brokenInvariants(evening.books)).toEqual([]);
  });

  it('needing review, said to be paid, but refused: what Payment says happens', async () => {
    const { userId, id } = await doubtful();
    evening.payment.decide(attemptKey(id, 1), 'refused');
    const body = { outcome: 'paid', bankReference: 'B-7', reason: 'a line like it' };
    const resolve = client.as(accountant).post(`/payouts/${id}/resolve`);
    const { body: problem } = await resolve.send(body).expect(409);
    expect(problem).toMatchObject({ type: 'transfer-settled' });
    expect(await onlyPayout()).toMatchObject({ state: 'failed' });
    expect(await balanceInLedger(evening.books, userId)).toBe(2500n);
  });

  it('needing review, said to be paid, and executed: booked as Payment says, and on record', async () => {
    const { userId, id } = await doubtful();
    evening.payment.decide(attemptKey(id, 1), 'succeeded');
    const body = { outcome: 'paid', bankReference: 'B-7', reason: 'seen on the statement' };
    const resolve = client.as(accountant).post(`/payouts/${id}/resolve`);
    const answer = await resolve.send(body).expect(200);
    const { bankReference } = answer.body as { bankReference: string };
    expect(bankReference).toMatch(/^SB-/);
    expect(await balanceInLedger(evening.books, userId)).toBe(0n);
    expect(await auditOf(id)).toMatchObject([
      { action: 'payout.resolved', details: detailsOf(body) },
    ]);
    await runEvening(evening.desk);
    expect(evening.payment.letters).toHaveLength(1);
  });

  it.each(['paid', 'failed'])(
    'resolved as %s: what the accountant wrote is for the books, not for the payee',
    async (outcome) => {
      const secret = 'a word about the books';
      const { userId, id } = await doubtful();
      const body = { outcome, reason: secret };
      await client.as(accountant).post(`/payouts/${id}/resolve`).send(body).expect(200);
      await runEvening(evening.desk);
      expect(evening.payment.letters).toHaveLength(1);
      expect(JSON.stringify(evening.payment.letters)).not.toContain(secret);
      const own = await client.as({ id: userId }).get('/accounts/me/payouts').expect(200);
      expect((own.body as { items: unknown[] }).items).toHaveLength(1);
      expect(own.text).not.toContain(secret);
      const { body: seen } = await client.as(accountant).get(`/payouts/${id}`).expect(200);
      expect(seen).toMatchObject({ attempts: [{ reason: secret }] });
    },
  );

  it('a refusal of the bank: its payee reads why, here and in the letter', async () => {
    const { userId } = await refused();
    const own = await client.as({ id: userId }).get('/accounts/me/payouts').expect(200);
    const reason = 'no such number';
    expect(own.body).toMatchObject({ items: [{ reason, attempts: [{ reason }] }] });
    expect(evening.payment.letters).toMatchObject([{ letter: { reason } }]);
  });

  it('what is unclear between our own services is not for the payee', async () => {
    const kesha = await owed(2500n);
    evening.payment.isUp = false;
    await runEvening(evening.desk);
    const own = await client.as({ id: kesha }).get('/accounts/me/payouts').expect(200);
    expect(own.body).toMatchObject({ items: [{ state: 'unknown', reason: null }] });
  });

  it('the failed payouts of a day: all retried by one request', async () => {
    const { userId, id } = await refused();
    const retry = (caller: TestCaller) => client.as(caller).post('/payouts/retry');
    const own = await retry({ ...accountant, id: userId })
      .send({ day: MONDAY })
      .expect(200);
    expect(own.body).toEqual({ count: 0 });
    const key = newId();
    for (let n = 0; n < 2; n += 1) {
      const again = retry(accountant).set('idempotency-key', key).send({ day: MONDAY });
      expect((await again.expect(200)).body).toEqual({ count: 1 });
    }
    expect(await auditOf(id)).toMatchObject([{ action: 'payout.retried' }]);
    await retry(accountant).send({ day: '2026-02-01' }).expect(404);
    await retry(accountant).send({ day: 'monday' }).expect(400);
    await retry(accountant).send({}).expect(400);
    await retry({ id: newId(), role: 'manager' }).send({ day: MONDAY }).expect(403);
    expect(await onlyPayout()).toMatchObject({ state: 'planned' });
  });

  it('sent back by the bank: listed as returned, with the words of the bank', async () => {
    const userId = await owed(2500n);
    await runEvening(evening.desk);
    const { id } = await onlyPayout();
    evening.payment.sendBack(attemptKey(id, 1), 2500n);
    await runEvening(evening.desk);
    expect(await onlyPayout()).toMatchObject({ state: 'returned', reason: 'account closed' });
    const { body } = await client.as({ id: userId }).get('/accounts/me/entries').expect(200);
    expect(body).toMatchObject({
      items: [
        { kind: 'return', amount: usd('2500'), balanceAfter: usd('2500'), payoutId: id },
        { kind: 'payout', amount: usd('-2500'), balanceAfter: usd('0'), payoutId: id },
        { kind: 'reward' },
      ],
    });
    const days = await client.as(accountant).get('/business-days').expect(200);
    const { items } = days.body as { items: object[] };
    expect(items[0]).toMatchObject({ day: TUESDAY, earned: usd('0'), corrections: usd('0') });
    for (const decision of ['retry', 'cancel']) {
      const answer = await client.as(accountant).post(`/payouts/${id}/${decision}`).expect(409);
      expect(answer.body).toMatchObject({ type: 'payout-state' });
    }
  });

  it('on hold: a retry is a conflict', async () => {
    const { userId, id } = await refused();
    await holdPayouts(evening.books, userId);
    const answer = await client.as(accountant).post(`/payouts/${id}/retry`).expect(409);
    expect(answer.body).toMatchObject({ type: 'payouts-held' });
  });

  it.each([
    [{}],
    [{ outcome: 'paid' }],
    [{ outcome: 'lost', reason: 'x' }],
    [{ outcome: 'paid', reason: '   ' }],
    [{ outcome: 'paid', reason: 'nul \u0000' }],
    [{ outcome: 'paid', reason: 'x', amount: '1' }],
  ])('resolved with %j: 400', async (body) => {
    await client.as(accountant).post(`/payouts/${newId()}/resolve`).send(body).expect(400);
  });
});
