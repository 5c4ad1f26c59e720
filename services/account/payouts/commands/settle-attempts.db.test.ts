import { query } from '../../../shared/db/data-source';
import { eventually } from '../../../shared/testing/eventually';
import { isLockAwaited } from '../../../shared/testing/lock-wait';
import { asOwner } from '../../../shared/testing/test-database';
import { Signal } from '../../../shared/work/signal';
import { currentDay } from '../../days/queries/business-days';
import { openBusinessDays } from '../../days/steps/open-business-days';
import { enterLedgerAlone } from '../../ledger/steps/enter-ledger';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  balanceInLedger,
  brokenInvariants,
  createTestEvening,
  earn,
  openPayee,
  retryByHand,
  runEvening,
  type TestEvening,
} from '../../testing/test-evening';
import type { Verdict } from '../domain/payout';
import type { Attempt } from '../queries/attempts';
import { listPayouts, type PayoutRecord } from '../queries/payouts';
import { claimPlanned } from './claim-planned';
import { claimUnclear } from './claim-unclear';
import { settleAttempts } from './settle-attempts';

const SECOND_MS = 1_000;
const LEASE_MS = 60 * SECOND_MS;
const DAY_MS = 24 * 3_600 * SECOND_MS;
const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';

const SUCCEEDED = { verdict: 'succeeded', bankReference: 'B-1' } as const;
const REFUSED = { verdict: 'refused', bankReference: null, reason: 'no such number' } as const;
const UNCLEAR = { verdict: 'unclear', reason: 'under way' } as const;

let evening: TestEvening;

beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

/**
 * Returns payees with a payout of a dollar each, planned by closing Monday, and the claimed
 * attempts.
 */
async function takenUp(count: number): Promise<{ people: string[]; attempts: Attempt[] }> {
  const { books, desk } = evening;
  const people: string[] = [];
  for (let person = 0; person < count; person++) {
    people.push(await openPayee(books));
    await earn(books, people.at(-1)!, 100n);
  }
  await closeByHand(books, MONDAY, ACCOUNTANT);
  return { people, attempts: await claimPlanned(desk) };
}

async function takenUpOne(): Promise<{ kesha: string; attempt: Attempt }> {
  const { people, attempts } = await takenUp(1);
  return { kesha: people[0]!, attempt: attempts[0]! };
}

function payouts(): Promise<PayoutRecord[]> {
  const filter = { day: null, state: null, userId: null };
  return listPayouts(evening.books.database, filter, { after: null, limit: 100 });
}

const bookedDays = (): Promise<{ day: string }[]> =>
  query(evening.books.database, `SELECT business_day AS day FROM transfers WHERE kind = 'payout'`);

const leaseOf = async (id: string): Promise<Date> => {
  const sql = 'SELECT lease_until FROM payouts WHERE id = $1';
  const [row] = await query<{ lease_until: Date }>(evening.books.database, sql, [id]);
  return row!.lease_until;
};

describe('a payout judged twice in one batch', () => {
  it.each<[string, Verdict, Verdict]>([
    ['first clearly, then not', SUCCEEDED, UNCLEAR],
    ['first not, then clearly', UNCLEAR, SUCCEEDED],
    ['twice the same', SUCCEEDED, SUCCEEDED],
  ])('%s: paid and booked, once', async (_, first, second) => {
    const { books } = evening;
    const { kesha, attempt } = await takenUpOne();
    await settleAttempts(books, [
      { attempt, verdict: first },
      { attempt, verdict: second },
    ]);
    expect(await payouts()).toMatchObject([
      { state: 'paid', bankReference: 'B-1', attempts: [{ outcome: 'succeeded' }] },
    ]);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('as executed and as refused: nothing is booked, and somebody has to look', async () => {
    const { books } = evening;
    const { kesha, attempt } = await takenUpOne();
    await settleAttempts(books, [
      { attempt, verdict: SUCCEEDED },
      { attempt, verdict: REFUSED },
    ]);
    expect(await payouts()).toMatchObject([
      { state: 'needs_review', attempts: [{ outcome: null }] },
    ]);
    expect(await balanceInLedger(books, kesha)).toBe(100n);
  });

  it('for two of its attempts: only the current one counts', async () => {
    const { books, desk } = evening;
    const { kesha, attempt } = await takenUpOne();
    await settleAttempts(books, [{ attempt, verdict: REFUSED }]);
    await retryByHand(books, attempt.payoutId);
    const [second] = await claimPlanned(desk);
    await settleAttempts(books, [
      { attempt: second!, verdict: SUCCEEDED },
      { attempt, verdict: REFUSED },
    ]);
    expect(await payouts()).toMatchObject([
      { state: 'paid', attempts: [{ outcome: 'refused' }, { outcome: 'succeeded' }] },
    ]);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
  });
});

it('an older attempt, unclear, moves nothing of the newer one', async () => {
  const { books, desk } = evening;
  const { attempt } = await takenUpOne();
  await settleAttempts(books, [{ attempt, verdict: REFUSED }]);
  await retryByHand(books, attempt.payoutId);
  await claimPlanned(desk);
  const lease = await leaseOf(attempt.payoutId);
  evening.pass(SECOND_MS);
  await settleAttempts(books, [{ attempt, verdict: UNCLEAR }]);
  expect(await payouts()).toMatchObject([{ state: 'transferring' }]);
  expect(await leaseOf(attempt.payoutId)).toEqual(lease);
});

it.each<Verdict>([
  UNCLEAR,
  { verdict: 'never-arrived' },
  { verdict: 'held' },
  { verdict: 'nonsense', reason: 'html' },
])(
  'told late, when somebody else has the same attempt: $verdict moves nothing',
  async (verdict) => {
    const { books, desk } = evening;
    const { kesha, attempt } = await takenUpOne();
    evening.pass(LEASE_MS);
    const [taken] = await claimUnclear(desk);
    expect(taken).toMatchObject({ payoutId: attempt.payoutId, number: attempt.number });
    evening.pass(SECOND_MS);
    await settleAttempts(books, [{ attempt, verdict }]);
    expect(await payouts()).toMatchObject([{ state: 'unknown', reason: null }]);
    expect(await leaseOf(attempt.payoutId)).toEqual(taken!.leaseUntil);
    await settleAttempts(books, [{ attempt, verdict: SUCCEEDED }]);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
  },
);

it('taken up without knowing what became of it: it is unknown from then on', async () => {
  const { desk, pass } = evening;
  await takenUpOne();
  pass(LEASE_MS);
  expect(await claimUnclear(desk)).toHaveLength(1);
  expect(await payouts()).toMatchObject([{ state: 'unknown' }]);
});

describe('a payout that the books refuse', () => {
  it('keeps no neighbour from being paid, ends in review, and is paid when that is mended', async () => {
    const { books, desk, payment, pass, test } = evening;
    const { people, attempts } = await takenUp(5);
    const poison = attempts[2]!.payoutId;
    await asOwner(test, [
      `CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'not this one' USING ERRCODE = 'check_violation'; END $$`,
      `CREATE TRIGGER broken BEFORE INSERT ON transfers FOR EACH ROW
        WHEN (NEW.payout_id = '${poison}') EXECUTE FUNCTION broken()`,
    ]);
    for (const { key } of attempts) payment.decide(key, 'succeeded');
    const judged = attempts.map((attempt) => ({ attempt, verdict: SUCCEEDED }));
    await expect(settleAttempts(books, judged)).rejects.toThrow('not this one');
    const states = new Map(
      (await payouts()).map(({ id, state, reason }) => [id, { state, reason }]),
    );
    expect(states.get(poison)).toEqual({
      state: 'needs_review',
      reason: expect.stringContaining('not this one') as string,
    });
    states.delete(poison);
    expect([...states.values()].map(({ state }) => state)).toEqual(Array(4).fill('paid'));

    await asOwner(test, ['DROP TRIGGER broken ON transfers']);
    pass(LEASE_MS);
    await runEvening(desk);
    expect((await payouts()).map(({ state }) => state)).toEqual(Array(5).fill('paid'));
    for (const person of people) expect(await balanceInLedger(books, person)).toBe(0n);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('does not keep later rounds from settling others', async () => {
    const { desk, pass, test } = evening;
    const { attempts } = await takenUp(2);
    const poison = attempts[0]!.payoutId;
    // Not even the state `needs_review` can be stored.
    await asOwner(test, [
      `CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION 'not this one' USING ERRCODE = 'check_violation'; END $$`,
      `CREATE TRIGGER broken BEFORE UPDATE ON payouts FOR EACH ROW
        WHEN (NEW.id = '${poison}' AND NEW.state <> 'unknown') EXECUTE FUNCTION broken()`,
    ]);
    for (let round = 0; round < 3; round++) {
      pass(LEASE_MS);
      await expect(runEvening(desk)).rejects.toThrow('2 steps failed');
    }
    const states = (await payouts()).map(({ id, state }) => [id === poison, state]);
    expect(states).toContainEqual([false, 'paid']);
  });
});

describe('a certain answer that arrives after somebody had to look', () => {
  async function inReview(): Promise<{ kesha: string; attempt: Attempt }> {
    const { kesha, attempt } = await takenUpOne();
    const verdict = { verdict: 'nonsense', reason: 'html' } as const;
    await settleAttempts(evening.books, [{ attempt, verdict }]);
    expect(await payouts()).toMatchObject([{ state: 'needs_review', reason: 'html' }]);
    return { kesha, attempt };
  }

  it('executed: Payment is asked on, and the payout is booked, its letter sent', async () => {
    const { books, desk, payment, pass } = evening;
    const { kesha, attempt } = await inReview();
    payment.decide(attempt.key, 'succeeded');
    pass(LEASE_MS);
    await runEvening(desk);
    expect(await payouts()).toMatchObject([
      { state: 'paid', reason: null, attempts: [{ outcome: 'succeeded' }] },
    ]);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
    expect(payment.letters).toMatchObject([{ letter: { template: 'payout-paid' } }]);
    expect(await brokenInvariants(books)).toEqual([]);
  });

  it('refused: up to the accountant again, its letter sent', async () => {
    const { desk, payment, pass } = evening;
    const { attempt } = await inReview();
    payment.decide(attempt.key, 'refused');
    pass(LEASE_MS);
    await runEvening(desk);
    expect(await payouts()).toMatchObject([
      { state: 'failed', reason: 'no such number', attempts: [{ outcome: 'refused' }] },
    ]);
    expect(payment.letters).toMatchObject([{ letter: { template: 'payout-refused' } }]);
  });

  it('asked less and less often, an hour apart in the end', async () => {
    const { desk, neighbours, pass } = evening;
    await inReview();
    const HOURS = 72;
    for (let minute = 0; minute < HOURS * 60; minute += 10) {
      pass(600 * SECOND_MS);
      await runEvening(desk);
    }
    const asked = neighbours.calls.filter(({ path }) => path.includes('bank-transfers')).length;
    expect(asked).toBeGreaterThan(HOURS / 2);
    expect(asked).toBeLessThan(HOURS * 2);
    expect(await payouts()).toMatchObject([{ state: 'needs_review' }]);
  });
});

describe('a payout is booked', () => {
  it('on the day of now, also when nobody has opened it yet', async () => {
    const { books, pass } = evening;
    const { attempt } = await takenUpOne();
    pass(3 * DAY_MS);
    const settling = settleAttempts(books, [{ attempt, verdict: SUCCEEDED }]);
    await expect(settling).resolves.toBeUndefined();
    expect(await bookedDays()).toEqual([{ day: '2026-03-05' }]);
  });

  it('on the day of now, not on a later one that is open', async () => {
    const { books } = evening;
    const { attempt } = await takenUpOne();
    const inTwoDays = new Date(books.clock().getTime() + 2 * DAY_MS);
    await openBusinessDays(books.database, inTwoDays, books.calendar);
    await settleAttempts(books, [{ attempt, verdict: SUCCEEDED }]);
    expect(await bookedDays()).toEqual([{ day: TUESDAY }]);
  });

  it('on the next day when the day of now is being closed: it waits for that', async () => {
    const { books } = evening;
    const { kesha, attempt } = await takenUpOne();
    const [entered, commit] = [new Signal(), new Signal()];
    const closing = books.database.transaction(async (tx) => {
      await enterLedgerAlone(tx, evening.books);
      entered.raise();
      await commit.wait(LEASE_MS);
      const sql = `UPDATE business_days SET state = 'closed', cut_off_at = $2 WHERE day = $1`;
      await query(tx, sql, [TUESDAY, books.clock()]);
    });
    await entered.wait(LEASE_MS);
    const settling = settleAttempts(books, [{ attempt, verdict: SUCCEEDED }]);
    let isSettled = false;
    void settling.then(() => (isSettled = true));
    await eventually('it waits, or did not', async () => {
      return isSettled || isLockAwaited(books.database);
    });
    commit.raise();
    await Promise.all([closing, settling]);
    const day = await currentDay(books.database, books.clock(), books.calendar);
    expect(day > TUESDAY).toBe(true);
    expect(await bookedDays()).toEqual([{ day }]);
    expect(await balanceInLedger(books, kesha)).toBe(0n);
  });
});
