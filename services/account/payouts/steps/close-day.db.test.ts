import type { Day } from '../../../shared/kernel/business-day';
import fc from 'fast-check';
import { query } from '../../../shared/db/data-source';
import { currentDay } from '../../days/queries/business-days';
import { reverseEntry } from '../../ledger/commands/reverse-entry';
import { closeByHand } from '../../testing/close-by-hand';
import { decisionAbout, present } from '../../testing/decisions';
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
import { cancelPayout } from '../commands/cancel-payout';
import { takeBackReturns } from '../jobs/returns.job';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PEOPLE = 2;
const RUNS = 15;
/** Evenings after which everything that stands must be paid. */
const MAX_EVENINGS = 50;

let evening: TestEvening;
beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

/** What happens to a person; `pick` chooses among the entries or payouts that allow the deed. */
interface Deed {
  deed: 'earn' | 'reverse' | 'send-back' | 'cancel' | 'retry';
  person: number;
  cents: bigint;
  pick: number;
}

const deed: fc.Arbitrary<Deed> = fc.record({
  deed: fc.constantFrom('earn', 'earn', 'reverse', 'send-back', 'send-back', 'cancel', 'retry'),
  person: fc.nat({ max: PEOPLE - 1 }),
  cents: fc.bigInt({ min: -3_000n, max: 4_000n }).filter((each) => each !== 0n),
  pick: fc.nat(),
});

/** Deeds of each day, before its closing, and what the bank does in the evening. */
const histories = fc.array(
  fc.record({
    deeds: fc.array(deed, { maxLength: 5 }),
    bank: fc.constantFrom('succeed', 'succeed', 'refuse', 'lose-done', 'away'),
  }),
  { minLength: 2, maxLength: 5 },
);

/** Expected books of one person. */
class Expected {
  earned = 0n;
  /** Payouts planned so far, in order, and those whose amount is owed again. */
  readonly payouts: bigint[] = [];
  readonly released: bigint[] = [];

  constructor(readonly userId: string) {}

  close(): void {
    const standing = sum(this.payouts) - sum(this.released);
    if (this.earned > standing) this.payouts.push(this.earned - standing);
  }
}

const sum = (cents: readonly bigint[]): bigint => cents.reduce((all, each) => all + each, 0n);

interface Candidate {
  id: string;
  cents: bigint;
}

const REVERSIBLE = `
SELECT id, amount_cents AS cents FROM entries
WHERE account_id = (SELECT id FROM accounts WHERE user_id = $1)
  AND kind IN ('fee', 'reward', 'reversal')
  AND NOT EXISTS (SELECT FROM transfers WHERE transfers.reverses_id = entries.id)
ORDER BY position`;

const payoutsThatAre = (state: string): string => `
SELECT payouts.id, amount_cents AS cents FROM payouts JOIN accounts ON accounts.id = account_id
WHERE user_id = $1 AND state = '${state}' ORDER BY day`;

const OPEN_PAYOUTS = `
SELECT payouts.id, amount_cents AS cents FROM payouts JOIN accounts ON accounts.id = account_id
WHERE user_id = $1 AND state NOT IN ('paid', 'returned', 'cancelled')`;

async function picked(sql: string, userId: string, pick: number): Promise<Candidate | undefined> {
  const rows = await query<Candidate>(evening.books.database, sql, [userId]);
  return rows.length === 0 ? undefined : rows[pick % rows.length];
}

async function reverse(person: Expected, pick: number): Promise<void> {
  const entry = await picked(REVERSIBLE, person.userId, pick);
  if (!entry) return;
  const { actorId } = ACCOUNTANT;
  const request = { actorId, target: 'test', idempotencyKey: null, content: {} };
  await reverseEntry(evening.books, { entryId: entry.id, reason: 'a mistake', request });
  person.earned -= entry.cents;
}

async function sendBack(person: Expected, pick: number): Promise<void> {
  const payout = await picked(payoutsThatAre('paid'), person.userId, pick);
  if (!payout) return;
  const sql = `SELECT key FROM payout_attempts WHERE payout_id = $1 AND outcome = 'succeeded'`;
  const [attempt] = await query<{ key: string }>(evening.books.database, sql, [payout.id]);
  evening.payment.sendBack(attempt!.key, payout.cents);
  await takeBackReturns(evening.desk);
  person.released.push(payout.cents);
}

async function decide(deed: 'cancel' | 'retry', person: Expected, pick: number): Promise<void> {
  const payout = await picked(payoutsThatAre('failed'), person.userId, pick);
  if (!payout) return;
  if (deed === 'retry') return retryByHand(evening.books, payout.id);
  await cancelPayout(evening.books, decisionAbout(payout.id), present);
  person.released.push(payout.cents);
}

async function play({ deed, person: index, cents, pick }: Deed, all: Expected[]): Promise<void> {
  const person = all[index]!;
  evening.payment.isUp = true;
  switch (deed) {
    case 'earn':
      await earn(evening.books, person.userId, cents);
      person.earned += cents;
      return;
    case 'reverse':
      return reverse(person, pick);
    case 'send-back':
      return sendBack(person, pick);
    default:
      return decide(deed, person, pick);
  }
}

async function closeAndPay(
  bank: 'succeed' | 'refuse' | 'lose-done' | 'away',
  all: readonly Expected[],
): Promise<void> {
  const { books, desk, payment, pass } = evening;
  const day = await currentDay(books.database, books.clock(), books.calendar);
  await closeByHand(books, day, ACCOUNTANT);
  for (const person of all) person.close();
  payment.isUp = bank !== 'away';
  payment.behave = () => (bank === 'away' ? 'succeed' : bank);
  await runEvening(desk);
  // A day without a clear answer would need a person: the bank is away for an hour.
  payment.isUp = true;
  pass(HOUR_MS);
  await runEvening(desk);
  pass(DAY_MS - HOUR_MS);
}

/** Amounts of a person's payouts, the oldest first. */
async function planned({ userId }: Expected): Promise<bigint[]> {
  const sql = `SELECT amount_cents AS cents FROM payouts JOIN accounts ON accounts.id = account_id
    WHERE user_id = $1 ORDER BY day`;
  const rows = await query<{ cents: bigint }>(evening.books.database, sql, [userId]);
  return rows.map(({ cents }) => cents);
}

it('any history of earnings, reversals, returns and cancels: each cent is owed once', async () => {
  await fc.assert(
    fc.asyncProperty(histories, async (days) => {
      const { books, payment } = evening;
      await catchUp();
      const all: Expected[] = [];
      for (let n = 0; n < PEOPLE; n += 1) all.push(new Expected(await openPayee(books)));
      for (const { deeds, bank } of days) {
        for (const each of deeds) await play(each, all);
        await closeAndPay(bank, all);
      }
      payment.heal();
      await closeAndPay('succeed', all);
      for (const person of all) {
        expect(await planned(person)).toEqual(person.payouts);
        await runUntilPaid(person);
        const paid = sum(person.payouts) - sum(person.released);
        expect(await balanceInLedger(books, person.userId)).toBe(person.earned - paid);
        expect(paid).toBeGreaterThanOrEqual(person.earned);
      }
      expect(await brokenInvariants(books)).toEqual([]);
    }),
    { numRuns: RUNS },
  );
});

/** Closes the days that went by while the history before was paid: it passes hours. */
async function catchUp(): Promise<void> {
  const { books } = evening;
  const today = await currentDay(books.database, books.clock(), books.calendar);
  const sql = `SELECT day FROM business_days WHERE state = 'open' AND day < $1 ORDER BY day`;
  const open = await query<{ day: Day }>(books.database, sql, [today]);
  for (const { day } of open) await closeByHand(books, day, ACCOUNTANT);
}

/** Retries failed payouts and runs the worker until everything that stands is paid. */
async function runUntilPaid({ userId }: Expected): Promise<void> {
  for (let evenings = 0; await picked(OPEN_PAYOUTS, userId, 0); evenings += 1) {
    expect(evenings).toBeLessThan(MAX_EVENINGS);
    const failed = await picked(payoutsThatAre('failed'), userId, 0);
    if (failed) await retryByHand(evening.books, failed.id);
    // Unclear payouts rest up to an hour before Payment is asked again.
    evening.pass(HOUR_MS);
    await runEvening(evening.desk);
  }
}
