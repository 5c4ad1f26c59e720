import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { query } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import { newId } from '../../../shared/kernel/ids';
import { eventually } from '../../../shared/testing/eventually';
import { isLockAwaited } from '../../../shared/testing/lock-wait';
import { asAdministrator } from '../../../shared/testing/test-database';
import { Signal } from '../../../shared/work/signal';
import { createAccountDatabase } from '../../data-source';
import { currentDay } from '../../days/queries/business-days';
import { REWARD, bookTransfers } from '../../ledger/steps/book-transfers';
import { closeByHand } from '../../testing/close-by-hand';
import { priceTestTask } from '../../testing/test-books';
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
import type { PayoutState } from '../domain/payout';
import { previewClosing, readDay } from '../queries/day-figures';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';

let evening: TestEvening;

beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

async function closeToday(): Promise<Day> {
  const { books } = evening;
  const day = await currentDay(books.database, books.clock(), books.calendar);
  await closeByHand(books, day, ACCOUNTANT);
  return day;
}

interface PlannedRow {
  user_id: string | null;
  day: Day;
  cents: bigint;
}

/** Returns payouts by day and user; null is the management. */
function planned(): Promise<PlannedRow[]> {
  const sql = `SELECT user_id, day, amount_cents AS cents FROM payouts
    JOIN accounts ON accounts.id = account_id ORDER BY day, user_id NULLS LAST`;
  return query(evening.books.database, sql);
}

async function hold(userId: string, reason: string | null): Promise<void> {
  const sql = `UPDATE accounts SET payouts_held_reason = $2,
    payouts_held_by = CASE WHEN $2::text IS NULL THEN NULL ELSE gen_random_uuid() END,
    payouts_held_at = CASE WHEN $2::text IS NULL THEN NULL ELSE now() END WHERE user_id = $1`;
  await query(evening.books.database, sql, [userId, reason]);
}

describe('closing a day', () => {
  it('names each payout after account and day, whenever that is done', async () => {
    const userId = await openPayee(evening.books);
    await earn(evening.books, userId, 1_000n);
    await closeToday();
    const named = `SELECT id, account_id, day FROM payouts`;
    interface Named {
      id: string;
      account_id: string;
      day: Day;
    }
    const payouts = await query<Named>(evening.books.database, named);
    expect(payouts.length).toBeGreaterThan(0);
    for (const { id, account_id, day } of payouts) {
      const hash = createHash('md5').update(`payout/${account_id}/${day}`).digest('hex');
      const digits = [...hash];
      digits[12] = '8';
      digits[16] = '8';
      expect(id.replaceAll('-', '')).toBe(digits.join(''));
    }
  });

  it('plans what is above zero, for people and the management, and carries the rest', async () => {
    const { books } = evening;
    const [earner, debtor, idle] = [
      await openPayee(books),
      await openPayee(books),
      await openPayee(books),
    ];
    await earn(books, earner, 2000n);
    await earn(books, debtor, -3000n);
    await closeToday();
    expect(await planned()).toEqual([
      { user_id: earner, day: MONDAY, cents: 2000n },
      { user_id: null, day: MONDAY, cents: 1000n },
    ]);
    expect(await lastClosing(books, earner)).toEqual({ earned: 2000n, committed: 0n, carried: 0n });
    expect(await lastClosing(books, debtor)).toEqual({
      earned: -3000n,
      committed: 0n,
      carried: -3000n,
    });
    expect(await lastClosing(books, idle)).toEqual({ earned: 0n, committed: 0n, carried: 0n });
    expect(await readDay(books, MONDAY)).toMatchObject({
      state: 'closed',
      cutOffAt: books.clock(),
      feesCents: 3000n,
      rewardsCents: 2000n,
      correctionsCents: 0n,
      earnedCents: 1000n,
      payouts: { planned: 2 },
    });
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('carries a debt over several days, and pays only what is above it in the end', async () => {
    const { books, pass } = evening;
    const kesha = await openPayee(books);
    for (const cents of [-1000n, 400n, 500n, 700n]) {
      await earn(books, kesha, cents);
      await closeToday();
      pass(DAY_MS);
    }
    const ofKesha = (await planned()).filter(({ user_id }) => user_id === kesha);
    expect(ofKesha).toEqual([{ user_id: kesha, day: '2026-03-05', cents: 600n }]);
    expect(await lastClosing(books, kesha)).toEqual({ earned: 600n, committed: 0n, carried: 0n });
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('does not promise twice what is planned and not paid yet', async () => {
    const { books, pass } = evening;
    const kesha = await openPayee(books);
    await earn(books, kesha, 1000n);
    await closeToday();
    pass(DAY_MS);
    await earn(books, kesha, 200n);
    await closeToday();
    const ofKesha = (await planned()).filter(({ user_id }) => user_id === kesha);
    expect(ofKesha.map(({ cents }) => cents)).toEqual([1000n, 200n]);
  });

  const WAYS: Partial<Record<PayoutState, PayoutState[]>> = {
    transferring: ['transferring'],
    unknown: ['transferring', 'unknown'],
    needs_review: ['transferring', 'unknown', 'needs_review'],
    failed: ['transferring', 'failed'],
  };

  it.each(Object.entries(WAYS))(
    'does not owe again what is %s: the money may have left, or will',
    async (_, way) => {
      const { books, pass } = evening;
      const kesha = await openPayee(books);
      await earn(books, kesha, 1000n);
      await closeToday();
      const sql = 'UPDATE payouts SET state = $1';
      for (const state of way) await query(books.database, sql, [state]);
      pass(DAY_MS);
      await earn(books, kesha, 1n);
      await closeToday();
      expect((await planned()).map(({ cents }) => cents)).toEqual([1000n, 1n]);
      expect(await lastClosing(books, kesha)).toMatchObject({ earned: 1001n, committed: 1000n });
    },
  );

  it('owes again what was cancelled', async () => {
    const { books, pass } = evening;
    const kesha = await openPayee(books);
    await earn(books, kesha, 1000n);
    await closeToday();
    for (const state of ['transferring', 'failed', 'cancelled']) {
      await query(books.database, 'UPDATE payouts SET state = $1 WHERE amount_cents = 1000', [
        state,
      ]);
    }
    pass(DAY_MS);
    await closeToday();
    const ofKesha = (await planned()).filter(({ user_id }) => user_id === kesha);
    expect(ofKesha.map(({ day, cents }) => [day, cents])).toEqual([
      [MONDAY, 1000n],
      [TUESDAY, 1000n],
    ]);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('carries what is on hold, and pays it once it is free again', async () => {
    const { books, pass } = evening;
    const kesha = await openPayee(books);
    await hold(kesha, 'the bank account is in doubt');
    await earn(books, kesha, 1000n);
    await closeToday();
    expect((await planned()).filter(({ user_id }) => user_id === kesha)).toEqual([]);
    expect(await lastClosing(books, kesha)).toMatchObject({ carried: 1000n });
    await hold(kesha, null);
    pass(DAY_MS);
    await closeToday();
    expect((await planned()).filter(({ user_id }) => user_id === kesha)).toMatchObject([
      { day: TUESDAY, cents: 1000n },
    ]);
  });

  it('twice at once: closes once', async () => {
    const { books } = evening;
    await earn(books, await openPayee(books), 1000n);
    await Promise.all(Array.from({ length: 5 }, () => closeByHand(books, MONDAY, ACCOUNTANT)));
    expect(await planned()).toHaveLength(1);
    const log = await query(books.database, `SELECT FROM audit_log WHERE subject = '${MONDAY}'`);
    expect(log).toHaveLength(1);
  });

  it('loses no booking under way, and lets none join a closed day', async () => {
    const { books } = evening;
    const people = [await openPayee(books), await openPayee(books), await openPayee(books)];
    await earn(books, people[0]!, 1n);
    let booked = 0;
    let closing: Promise<void> | undefined;
    const bookTen = async (person: string): Promise<void> => {
      for (let index = 0; index < 10; index++) {
        await earn(books, person, index % 5 === 0 ? -7n : 10n);
        if (++booked === 20) closing = closeByHand(books, MONDAY, ACCOUNTANT);
      }
    };
    await Promise.all([...people, ...people].map(bookTen));
    await closing;
    const [late] = await query<{ count: bigint }>(
      books.database,
      `SELECT count(*) FROM transfers WHERE business_day = $1`,
      [TUESDAY],
    );
    await closeByHand(books, TUESDAY, ACCOUNTANT);
    expect(await brokenInvariants(books)).toEqual([]);
    for (const person of people) {
      const { earned } = await lastClosing(books, person);
      expect(earned).toBe(await balanceInLedger(books, person));
    }
    const [all] = await query<{ count: bigint }>(books.database, 'SELECT count(*) FROM transfers');
    expect(all!.count).toBe(61n);
    // Both days have transfers: the closing ran between the bookings.
    expect(late!.count).toBeGreaterThan(0n);
    expect(late!.count).toBeLessThanOrEqual(40n);
  });
});

describe('on a server that isolates transactions more than we want', () => {
  it('a closing sees the booking it waited for', async () => {
    const { books, test } = evening;
    const userId = await openPayee(books);
    await earn(books, userId, 1n);
    const { username } = new URL(test.url);
    await asAdministrator([
      `ALTER ROLE ${username} SET default_transaction_isolation TO 'repeatable read'`,
    ]);
    const strict = await createAccountDatabase(test.url).initialize();
    const occurredAt = books.clock().toISOString();
    const taskId = await priceTestTask(books, { reward: 1000n });
    const fact = { eventId: newId(), taskId, userId, assignmentNumber: null, occurredAt };
    const booked = new Signal();
    const commit = new Signal();
    const booking = books.database.transaction(async (tx) => {
      await bookTransfers(tx, books, REWARD, [fact]);
      booked.raise();
      await commit.wait(MINUTE_MS);
    });
    await booked.wait(MINUTE_MS);
    const closing = closeByHand({ ...books, database: strict }, MONDAY, ACCOUNTANT);
    await eventually('the closing waits for its lock', () => isLockAwaited(books.database));
    commit.raise();
    await Promise.all([booking, closing]);
    await strict.destroy();
    expect(await lastClosing(books, userId)).toMatchObject({ earned: 1001n });
    expect(await brokenInvariants(books)).toEqual([]);
  });
});

describe('closing by hand', () => {
  const byTheClock = { ...ACCOUNTANT, mayBeEarly: false };

  it('the next day before its planned beginning: refused', async () => {
    const { books, setNow } = evening;
    await earn(books, await openPayee(books), 1000n);
    await closeByHand(books, MONDAY, byTheClock);
    const refusal = expect.objectContaining({ status: 409, id: 'business-day-not-begun' });
    await expect(closeByHand(books, TUESDAY, byTheClock)).rejects.toEqual(refusal);
    setNow(new Date('2026-03-02T15:00:00Z'));
    await closeByHand(books, TUESDAY, byTheClock);
    expect(await readDay(books, TUESDAY)).toMatchObject({ state: 'closed' });
  });

  it('the preview says what the closing then does, and changes nothing', async () => {
    const { books } = evening;
    await earn(books, await openPayee(books), 1000n);
    await earn(books, await openPayee(books), -1000n);
    await earn(books, await openPayee(books), 5n);
    const preview = await previewClosing(books, MONDAY, false);
    expect(preview).toMatchObject({ state: 'open', payouts: { planned: 2 } });
    expect(await planned()).toEqual([]);
    await closeByHand(books, MONDAY, byTheClock);
    const closed = await readDay(books, MONDAY);
    const changed = { state: 'closed', cutOffAt: books.clock(), closedBy: byTheClock.actorId };
    expect(closed).toEqual({ ...preview, ...changed, closedAt: expect.any(Date) });
    expect(await previewClosing(books, MONDAY, false)).toEqual(closed);
  });
});

describe('any history of days', () => {
  /**
   * Cents earned (or charged, below zero) by each of three people on each day, and whether payouts
   * run.
   */
  const history = fc.array(
    fc.record({
      cents: fc.tuple(
        ...Array.from({ length: 3 }, () =>
          fc.array(
            fc.bigInt({ min: -3000n, max: 4000n }).filter((each) => each !== 0n),
            {
              maxLength: 2,
            },
          ),
        ),
      ),
      paid: fc.boolean(),
      held: fc.integer({ min: 0, max: 5 }),
    }),
    { minLength: 1, maxLength: 5 },
  );

  it('closings add up, nothing negative is paid, nothing is promised twice', async () => {
    await fc.assert(
      fc.asyncProperty(history, async (days) => {
        const { books, desk, pass } = evening;
        const people = [await openPayee(books), await openPayee(books), await openPayee(books)];
        const earned = people.map(() => 0n);
        for (const { cents, paid, held } of days) {
          for (const [index, person] of people.entries()) {
            for (const each of cents[index]!) {
              await earn(books, person, each);
              earned[index] = earned[index]! + each;
            }
            await hold(person, held === index ? 'in doubt' : null);
          }
          await closeToday();
          if (paid) await runEvening(desk);
          pass(DAY_MS);
        }
        // A payout planned before a hold waits until the release.
        for (const person of people) await hold(person, null);
        await runEvening(desk);
        expect(await brokenInvariants(books)).toEqual([]);
        for (const [index, person] of people.entries()) {
          const closing = await lastClosing(books, person);
          expect(closing.earned).toBe(earned[index]);
          expect(await balanceInLedger(books, person)).toBe(closing.carried);
        }
      }),
      { numRuns: 15 },
    );
  });
});
