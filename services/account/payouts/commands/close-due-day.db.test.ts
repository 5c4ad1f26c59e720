import { query } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';
import { closeByHand } from '../../testing/close-by-hand';
import {
  ACCOUNTANT,
  brokenInvariants,
  createTestEvening,
  earn,
  openPayee,
  type TestEvening,
} from '../../testing/test-evening';
import { runLetters } from '../jobs/letters.job';
import { askUnclear, payPlanned } from '../jobs/pay-out.job';
import { listDays, readDay } from '../queries/day-figures';
import { closeDueDay } from './close-due-day';

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

/** Closes due days until none is left, as a round does. */
async function closeDueDays(books: AccountContext): Promise<void> {
  while (await closeDueDay(books));
}

interface PlannedRow {
  user_id: string | null;
  day: Day;
  cents: bigint;
}

/** Payouts by day and user, management's with null. */
function planned(): Promise<PlannedRow[]> {
  const sql = `SELECT user_id, day, amount_cents AS cents FROM payouts
    JOIN accounts ON accounts.id = account_id ORDER BY day, user_id NULLS LAST`;
  return query(evening.books.database, sql);
}

describe('the worker closes', () => {
  it('nothing before the cut-off and a minute', async () => {
    const { books, setNow } = evening;
    await earn(books, await openPayee(books), 1000n);
    setNow(new Date('2026-03-02T15:00:59Z'));
    await closeDueDays(books);
    expect(await readDay(books, MONDAY)).toMatchObject({ state: 'open' });
    setNow(new Date('2026-03-02T15:01:00Z'));
    await closeDueDays(books);
    expect(await readDay(books, MONDAY)).toMatchObject({
      state: 'closed',
      cutOffAt: new Date('2026-03-02T15:00:00Z'),
    });
    expect(await readDay(books, TUESDAY)).toMatchObject({ state: 'open' });
  });

  it('every day of a long absence, the oldest first, three workers at once', async () => {
    const { books, pass } = evening;
    const kesha = await openPayee(books);
    await earn(books, kesha, 1000n);
    pass(3 * DAY_MS + 7 * HOUR_MS);
    await earn(books, kesha, 50n);
    await Promise.all([closeDueDays(books), closeDueDays(books), closeDueDays(books)]);
    const days = await listDays(books, { after: null, limit: 10 });
    expect(days.map(({ day, state }) => [day, state])).toEqual([
      ['2026-03-06', 'open'],
      ['2026-03-05', 'closed'],
      ['2026-03-04', 'closed'],
      [TUESDAY, 'closed'],
      [MONDAY, 'closed'],
    ]);
    expect(await planned()).toEqual([{ user_id: kesha, day: MONDAY, cents: 1000n }]);
    expect(await brokenInvariants(books)).toEqual([]);
  });
});

describe('a process whose clock is off', () => {
  const YEARS_MS = 2 * 365 * DAY_MS;

  /** Returns all rows of days, payouts and letters; a wrong clock may not change any. */
  async function everything(): Promise<unknown> {
    const { database } = evening.books;
    return {
      days: await query(database, 'SELECT * FROM business_days ORDER BY day'),
      payouts: await query(database, 'SELECT * FROM payouts ORDER BY id'),
      letters: await query(database, 'SELECT * FROM due_letters ORDER BY id'),
    };
  }

  it.each([
    ['two years ahead', YEARS_MS],
    ['two years behind', -YEARS_MS],
    ['four seconds ahead', 4_000],
    ['four seconds behind', -4_000],
  ])('%s: closes nothing, takes no lease, and says so', async (_, offMs) => {
    const { books, desk, payment } = evening;
    await earn(books, await openPayee(books), 1000n);
    await closeByHand(books, MONDAY, ACCOUNTANT);
    evening.pass(DAY_MS);
    const before = await everything();
    const wrong = { clock: () => new Date(books.clock().getTime() + offMs) };
    const clockOff = { id: 'clock-off', status: 503 };
    await expect(closeDueDays({ ...books, ...wrong })).rejects.toMatchObject(clockOff);
    await expect(closeByHand({ ...books, ...wrong }, TUESDAY, ACCOUNTANT)).rejects.toMatchObject(
      clockOff,
    );
    await expect(payPlanned({ ...desk, ...wrong })).rejects.toMatchObject(clockOff);
    await expect(askUnclear({ ...desk, ...wrong })).rejects.toMatchObject(clockOff);
    await expect(runLetters({ ...desk, ...wrong })).rejects.toMatchObject(clockOff);
    expect(await everything()).toEqual(before);
    expect(payment.carriedOut).toEqual([]);
  });

  it('books on the day of the database, and opens no day of its own time', async () => {
    const { books } = evening;
    const wrong = { clock: () => new Date(books.clock().getTime() + YEARS_MS) };
    await earn({ ...books, ...wrong }, await openPayee(books), 1000n);
    const days = await query<{ day: Day }>(books.database, 'SELECT day FROM business_days');
    expect(days).toEqual([{ day: MONDAY }]);
  });
});
