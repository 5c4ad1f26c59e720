import { query } from '../../../shared/db/data-source';
import { removeProtection } from '../../../shared/testing/unprotected';
import { createAccountDatabase } from '../../data-source';
import { closeByHand } from '../../testing/close-by-hand';
import { faultsOfAllTime } from '../../testing/test-books';
import {
  ACCOUNTANT,
  createTestEvening,
  earn,
  openPayee,
  runEvening,
  type TestEvening,
} from '../../testing/test-evening';
import { moneyInvariants } from '../queries/invariants';
import { proveBooks, type Findings } from './prove-books';

const DAY_MS = 86_400_000;
const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';

let evening: TestEvening;
beforeEach(async () => {
  evening = await createTestEvening();
});
afterEach(() => evening.drop());

const prove = (): Promise<Findings> => proveBooks(evening.books, moneyInvariants);
const broken = ({ faults }: Findings): string[] =>
  [...faults].filter(([, found]) => found !== 0n).map(([name]) => name);

async function provenDays(): Promise<string[]> {
  const sql = 'SELECT day FROM proven_days ORDER BY day';
  return (await query<{ day: string }>(evening.books.database, sql)).map(({ day }) => day);
}

/** Books a reward, closes the day, and moves the clock to the next day. */
async function closeDay(userId: string, day: string): Promise<void> {
  await earn(evening.books, userId, 500n);
  await closeByHand(evening.books, day, ACCOUNTANT);
  evening.pass(DAY_MS);
}

/** Runs SQL as the owner role, after removing every protection for good. */
async function tamper(sql: string): Promise<void> {
  await removeProtection(evening.test.ownerUrl);
  const owner = await createAccountDatabase(evening.test.ownerUrl).initialize();
  try {
    await query(owner, sql);
  } finally {
    await owner.destroy();
  }
}

describe('the books', () => {
  it('have each closed day proven once, with the moment of it', async () => {
    const userId = await openPayee(evening.books);
    expect(await prove()).toMatchObject({ unprovenDays: 0 });
    await closeDay(userId, MONDAY);
    await closeDay(userId, TUESDAY);
    const { database } = evening.books;
    const [before] = await query<{ now: Date }>(database, 'SELECT now()');
    expect(broken(await prove())).toEqual([]);
    const first = await query<{ proven_at: Date }>(database, 'SELECT * FROM proven_days');
    expect(await provenDays()).toEqual([MONDAY, TUESDAY]);
    for (const { proven_at } of first)
      expect(proven_at.getTime()).toBeGreaterThanOrEqual(before!.now.getTime());
    expect(broken(await prove())).toEqual([]);
    expect(await query(database, 'SELECT * FROM proven_days')).toEqual(first);
  });

  it('are proven by two replicas at once', async () => {
    const userId = await openPayee(evening.books);
    await closeDay(userId, MONDAY);
    const both = await Promise.all([prove(), prove()]);
    expect(both.map(({ unprovenDays }) => unprovenDays)).toEqual([0, 0]);
    expect(await provenDays()).toEqual([MONDAY]);
  });

  it('are proven no further than the first fault, and go on being checked', async () => {
    const userId = await openPayee(evening.books);
    await closeDay(userId, MONDAY);
    await closeDay(userId, TUESDAY);
    await tamper(`UPDATE closings SET earned_cents = 0, carried_cents = -500
      WHERE day = '${MONDAY}' AND earned_cents = 500`);
    for (let round = 0; round < 2; round += 1) {
      const findings = await prove();
      expect(broken(findings)).toEqual(['closing-holds-all-entries']);
      expect(findings.unprovenDays).toBe(2);
    }
    expect(await provenDays()).toEqual([]);
  });

  it('are not read again where they are proven: that is for the check of all of them', async () => {
    const userId = await openPayee(evening.books);
    await closeDay(userId, MONDAY);
    await prove();
    await tamper(`DELETE FROM transfers WHERE business_day = '${MONDAY}'`);
    expect(broken(await prove())).toEqual([]);
    const found = await faultsOfAllTime(evening.books, moneyInvariants);
    expect(found.join()).toContain('closing-holds-all-entries');
  });

  it('show a payout of a proven day that changes later and is not booked', async () => {
    const { books, desk } = evening;
    const [userId, other] = [await openPayee(books), await openPayee(books)];
    await earn(books, other, 100n);
    await closeDay(userId, MONDAY);
    await prove();
    const { database } = books;
    const one = `day = '${MONDAY}' AND amount_cents = 100`;
    await query(database, `UPDATE payouts SET state = 'transferring' WHERE ${one}`);
    await runEvening(desk);
    expect(broken(await prove())).toEqual([]);
    await query(database, `UPDATE payouts SET state = 'paid' WHERE ${one}`);
    expect(broken(await prove())).toEqual(['paid-is-booked']);
  });

  it('look at every payout again while a proof lies in the future', async () => {
    const { books } = evening;
    const userId = await openPayee(books);
    await closeDay(userId, MONDAY);
    const { database } = books;
    const ahead = `INSERT INTO proven_days VALUES ('${MONDAY}', now() + interval '1 day')`;
    await query(database, ahead);
    await query(database, `UPDATE payouts SET state = 'transferring'`);
    await query(database, `UPDATE payouts SET state = 'paid'`);
    expect(broken(await prove())).toEqual(['paid-is-booked']);
  });

  it('are proven by no process whose clock is off', async () => {
    const userId = await openPayee(evening.books);
    await closeDay(userId, MONDAY);
    const { books } = evening;
    const clock = (): Date => new Date(books.clock().getTime() + DAY_MS);
    await expect(proveBooks({ ...books, clock }, moneyInvariants)).rejects.toMatchObject({
      id: 'clock-off',
    });
    expect(await provenDays()).toEqual([]);
  });
});
