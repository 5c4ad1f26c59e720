import { query } from '../../shared/db/data-source';
import { closeByHand } from './close-by-hand';
import { ACCOUNTANT, earn, openPayee, runEvening, type TestEvening } from './test-evening';

const MONDAY = '2026-03-02';

/** Returns a payee with a planned payout of 900 cents, earned on Monday, which is closed. */
export async function owedPayee({ books }: TestEvening): Promise<string> {
  const userId = await openPayee(books);
  await earn(books, userId, 900n);
  await closeByHand(books, MONDAY, ACCOUNTANT);
  return userId;
}

/** Returns a payee whose 900 cents of Monday are paid, and the key of that transfer. */
export async function paidPayee(evening: TestEvening): Promise<{ userId: string; key: string }> {
  const userId = await owedPayee(evening);
  await runEvening(evening.desk);
  return { userId, key: evening.payment.carriedOut[0]!.key };
}

/** Payout of a person, as the tests of returns look at it. */
export interface PayoutRow {
  day: string;
  state: string;
  cents: bigint;
  reason: string | null;
}

/** Returns a person's payouts, the oldest first. */
export function payoutsOf({ books }: TestEvening, userId: string): Promise<PayoutRow[]> {
  const sql = `SELECT day, state, amount_cents AS cents, reason FROM payouts
    JOIN accounts ON accounts.id = account_id WHERE user_id = $1 ORDER BY day`;
  return query(books.database, sql, [userId]);
}

/** Returns the transfers that booked money back. */
export function transfersBack({ books }: TestEvening): Promise<object[]> {
  const sql = `SELECT amount_cents AS cents, business_day AS day, reason FROM transfers
    WHERE kind = 'return'`;
  return query(books.database, sql);
}

/** Returns the returns that are not booked, with the reason why. */
export function openReturns({
  books,
}: TestEvening): Promise<{ key: string; finding: string | null }[]> {
  const sql = `SELECT key, finding FROM returned_transfers
    WHERE booked_at IS NULL ORDER BY position`;
  return query(books.database, sql);
}
