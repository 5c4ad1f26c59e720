import { query } from '../../../shared/db/data-source';
import { newId } from '../../../shared/kernel/ids';
import { atOnce } from '../../../shared/testing/at-once';
import { expectRolledBack } from '../../../shared/testing/rollback';
import type { DecisionRequest } from '../../ledger/domain/decision';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  brokenInvariants,
  createTestEvening,
  earn,
  holdPayouts,
  openPayee,
  runEvening,
  type TestEvening,
} from '../../testing/test-evening';
import { retryDay } from './retry-day';

const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';

let evening: TestEvening;
beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

const requestOf = (changes: Partial<DecisionRequest> = {}): DecisionRequest => {
  const { actorId } = ACCOUNTANT;
  return { actorId, target: 'POST /payouts/retry', idempotencyKey: null, content: {}, ...changes };
};
const retry = (day: string, changes?: Partial<DecisionRequest>): Promise<{ count: number }> =>
  retryDay(evening.books, day, requestOf(changes));

/** Returns payees whose payouts of Monday failed. */
async function failed(count: number): Promise<string[]> {
  const { books, desk, payment } = evening;
  const users: string[] = [];
  for (let n = 0; n < count; n += 1) {
    const userId = await openPayee(books);
    await earn(books, userId, 100n);
    users.push(userId);
  }
  await closeByHand(books, MONDAY, ACCOUNTANT);
  payment.behave = () => 'refuse';
  await runEvening(desk);
  payment.behave = () => 'succeed';
  return users;
}

const stateOf = async (userId: string): Promise<string> => {
  const sql = `SELECT state FROM payouts JOIN accounts ON accounts.id = account_id
    WHERE user_id = $1`;
  const [row] = await query<{ state: string }>(evening.books.database, sql, [userId]);
  return row!.state;
};
const audited = (): Promise<{ details: object }[]> =>
  query(
    evening.books.database,
    `SELECT actor_id AS actor, details FROM audit_log WHERE action = 'payout.retried'`,
  );

describe('retrying the failed payouts of a day', () => {
  it('plans all but one’s own and those on hold, each with an audit row', async () => {
    const [own, held, first, second] = (await failed(4)) as [string, string, string, string];
    await holdPayouts(evening.books, held);
    expect(await retry(MONDAY, { actorId: own })).toEqual({ count: 2 });
    const details = { before: { state: 'failed' }, after: { state: 'planned' }, reason: null };
    expect(await audited()).toEqual([
      { actor: own, details },
      { actor: own, details },
    ]);
    await runEvening(evening.desk);
    for (const [userId, state] of [
      [own, 'failed'],
      [held, 'failed'],
      [first, 'paid'],
      [second, 'paid'],
    ] as const) {
      expect([userId, await stateOf(userId)]).toEqual([userId, state]);
    }
    expect(await brokenInvariants(evening.books)).toEqual([]);
  });

  it('leaves other days alone, and knows no day that never was', async () => {
    await failed(1);
    expect(await retry(TUESDAY)).toEqual({ count: 0 });
    await expect(retry('2026-02-02')).rejects.toMatchObject({ id: 'not-found' });
    expect(await audited()).toEqual([]);
  });

  it.each([0, 2])('the same request twice, at once, has one answer: %d failed', async (count) => {
    await failed(count);
    const key = { idempotencyKey: newId() };
    const attempt = () => retry(MONDAY, key);
    const outcomes = await atOnce(evening.test, 'business_days', [attempt, attempt]);
    expect(outcomes).toEqual({ done: 2 });
    expect(await attempt()).toEqual({ count });
    expect(await audited()).toHaveLength(count);
    const other = retry(MONDAY, { ...key, content: { day: TUESDAY } });
    await expect(other).rejects.toMatchObject({ id: 'idempotency-key-reused' });
  });

  it('two requests at once try each payout once', async () => {
    await failed(3);
    const counts: number[] = [];
    const attempt = async () => counts.push((await retry(MONDAY)).count);
    expect(await atOnce(evening.test, 'payouts', [attempt, attempt])).toEqual({ done: 2 });
    expect(counts.sort()).toEqual([0, 3]);
    expect(await audited()).toHaveLength(3);
  });

  it('is undone as a whole when an audit row can’t be stored', async () => {
    await failed(2);
    await expectRolledBack(evening.test, 'audit_log', () => retry(MONDAY));
  });
});
