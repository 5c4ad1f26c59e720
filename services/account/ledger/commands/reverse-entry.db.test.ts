import { query } from '../../../shared/db/data-source';
import { newId } from '../../../shared/kernel/ids';
import { atOnce } from '../../../shared/testing/at-once';
import { eventually } from '../../../shared/testing/eventually';
import { isLockAwaited } from '../../../shared/testing/lock-wait';
import { expectRolledBack } from '../../../shared/testing/rollback';
import { Signal } from '../../../shared/work/signal';
import { closeDayByHand } from '../../payouts/steps/close-day';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  balanceInLedger,
  brokenInvariants,
  createTestEvening,
  earn,
  lastClosing,
  openPayee,
  runEvening,
  type TestEvening,
} from '../../testing/test-evening';
import { enterLedgerAlone } from '../steps/enter-ledger';
import { reverseEntry, type Correction } from './reverse-entry';

const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

let evening: TestEvening;
beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

const { actorId } = ACCOUNTANT;

/** Returns the request of the accountant to reverse an entry. */
function correctionOf(entryId: string, changes: Partial<Correction['request']> = {}): Correction {
  const target = `POST /entries/${entryId}/reverse`;
  const reason = 'assigned by mistake';
  const request = { actorId, target, idempotencyKey: null, content: { reason } };
  return { entryId, reason, request: { ...request, ...changes } };
}

/** Returns the ids of transfers of a kind, in the order of booking. */
async function idsOf(kind: string): Promise<string[]> {
  const sql = 'SELECT id FROM transfers WHERE kind = $1 ORDER BY position';
  const rows = await query<{ id: string }>(evening.books.database, sql, [kind]);
  return rows.map(({ id }) => id);
}

/** Returns a person who was charged 300 cents, and the id of that fee. */
async function charged(): Promise<{ userId: string; feeId: string }> {
  const userId = await openPayee(evening.books);
  await earn(evening.books, userId, -300n);
  const [feeId] = await idsOf('fee');
  return { userId, feeId: feeId! };
}

const run = (correction: Correction) => reverseEntry(evening.books, correction);

describe('reversing an entry', () => {
  it('books the opposite once, with author, reason, audit row and letter', async () => {
    const { userId, feeId } = await charged();
    const reversal = await run(correctionOf(feeId));
    expect(reversal).toMatchObject({ userId, day: MONDAY });
    expect(await balanceInLedger(evening.books, userId)).toBe(0n);
    const booked = await query(
      evening.books.database,
      `SELECT kind, amount_cents AS cents, reverses_id AS reversed, reason, author_id AS author,
         business_day AS day FROM transfers WHERE id = $1`,
      [reversal.id],
    );
    const reason = 'assigned by mistake';
    expect(booked).toEqual([
      { kind: 'reversal', cents: 300n, reversed: feeId, reason, author: actorId, day: MONDAY },
    ]);
    const audit = await query(
      evening.books.database,
      'SELECT actor_id AS actor, action, details FROM audit_log WHERE subject = $1',
      [feeId],
    );
    const usd = (amount: string): object => ({ amount, currency: 'USD' });
    const before = { userId, kind: 'fee', day: MONDAY, amount: usd('-300') };
    const after = { reversalId: reversal.id, day: MONDAY, amount: usd('300') };
    expect(audit).toEqual([
      { actor: actorId, action: 'entry.reversed', details: { before, after, reason } },
    ]);
    const letters = await query(
      evening.books.database,
      'SELECT user_id AS to, content FROM due_letters',
    );
    const content = { template: 'entry-reversed', kind: 'fee', day: MONDAY, reason };
    expect(letters).toEqual([{ to: userId, content: { ...content, amount: usd('300') } }]);
    expect(await brokenInvariants(evening.books)).toEqual([]);
  });

  it('of two at once, one is refused, and so is a later one', async () => {
    const { userId, feeId } = await charged();
    const attempt = () => run(correctionOf(feeId));
    const outcomes = await atOnce(evening.test, 'accounts', [attempt, attempt]);
    expect(outcomes).toEqual({ done: 1, 'already-reversed': 1 });
    const [reversalId] = await idsOf('reversal');
    await expect(attempt()).rejects.toMatchObject({
      id: 'already-reversed',
      detail: expect.stringContaining(reversalId!) as string,
    });
    expect(await balanceInLedger(evening.books, userId)).toBe(0n);
  });

  it('the same request twice, at once, has one effect and one answer', async () => {
    const { feeId } = await charged();
    const key = { idempotencyKey: newId() };
    const attempt = () => run(correctionOf(feeId, key));
    expect(await atOnce(evening.test, 'accounts', [attempt, attempt])).toEqual({ done: 2 });
    const [reversalId, ...others] = await idsOf('reversal');
    expect(others).toEqual([]);
    expect(await attempt()).toMatchObject({ id: reversalId });
    const other = correctionOf(feeId, { ...key, content: { reason: 'another' } });
    await expect(run(other)).rejects.toMatchObject({ id: 'idempotency-key-reused' });
  });

  it('a reversal can be reversed, once: the fee counts again', async () => {
    const { userId, feeId } = await charged();
    const first = await run(correctionOf(feeId));
    const attempt = () => run(correctionOf(first.id));
    const outcomes = await atOnce(evening.test, 'accounts', [attempt, attempt]);
    expect(outcomes).toEqual({ done: 1, 'already-reversed': 1 });
    expect(await balanceInLedger(evening.books, userId)).toBe(-300n);
    await expect(run(correctionOf(feeId))).rejects.toMatchObject({ id: 'already-reversed' });
    expect(await brokenInvariants(evening.books)).toEqual([]);
  });

  it('is refused for an unknown entry, one’s own, and a payout', async () => {
    const { userId, feeId } = await charged();
    await earn(evening.books, userId, 900n);
    await closeByHand(evening.books, MONDAY, ACCOUNTANT);
    await runEvening(evening.desk);
    const payoutIds = await idsOf('payout');
    expect(payoutIds.length).toBeGreaterThan(0);
    for (const [correction, id] of [
      [correctionOf(newId()), 'not-found'],
      [correctionOf(feeId, { actorId: userId }), 'own-account'],
      ...payoutIds.map((payoutId) => [correctionOf(payoutId), 'not-reversible'] as const),
    ] as const) {
      await expect(run(correction)).rejects.toMatchObject({ id });
    }
    expect(await idsOf('reversal')).toEqual([]);
  });

  it('after the payout, a balance below zero is carried into the next closing', async () => {
    const { books, desk, pass } = evening;
    const userId = await openPayee(books);
    await earn(books, userId, 900n);
    await closeByHand(books, MONDAY, ACCOUNTANT);
    await runEvening(desk);
    const [rewardId] = await idsOf('reward');
    expect(await run(correctionOf(rewardId!))).toMatchObject({ day: TUESDAY });
    pass(DAY_MS);
    await closeByHand(books, TUESDAY, ACCOUNTANT);
    const closing = { earned: 0n, committed: 900n, carried: -900n };
    expect(await lastClosing(books, userId)).toEqual(closing);
    await runEvening(desk);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('waits for a closing under way, and is booked on the next day', async () => {
    const { books } = evening;
    const { userId, feeId } = await charged();
    const closed = new Signal();
    const commit = new Signal();
    const closing = books.database.transaction(async (tx) => {
      await closeDayByHand(await enterLedgerAlone(tx, books), books, MONDAY, ACCOUNTANT);
      closed.raise();
      await commit.wait(MINUTE_MS);
    });
    await closed.wait(MINUTE_MS);
    const reversing = run(correctionOf(feeId));
    await eventually('the reversal waits', () => isLockAwaited(books.database));
    commit.raise();
    await closing;
    expect(await reversing).toMatchObject({ day: TUESDAY });
    const carried = { earned: -300n, committed: 0n, carried: -300n };
    expect(await lastClosing(books, userId)).toEqual(carried);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('is undone as a whole when its letter can’t be stored', async () => {
    const { feeId } = await charged();
    await expectRolledBack(evening.test, 'due_letters', () => run(correctionOf(feeId)));
  });
});
