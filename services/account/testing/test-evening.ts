import { Sidecar } from '../../shared/dapr/sidecar';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { createLogger } from '../../shared/observability/logger';
import { Neighbours } from '../../shared/testing/neighbours';
import type { AccountContext } from '../context';
import { changeAccount } from '../ledger/commands/change-account';
import { FEE, REWARD, bookTransfers } from '../ledger/steps/book-transfers';
import { retryPayout } from '../payouts/commands/retry-payout';
import type { PayoutContext } from '../payouts/context';
import { runLetters } from '../payouts/jobs/letters.job';
import { runPayouts } from '../payouts/jobs/payouts.job';
import { proveBooks } from '../proof/commands/prove-books';
import { moneyInvariants } from '../proof/queries/invariants';
import { FakePayment } from './fake-payment';
import {
  createTestBooks,
  faultsOfAllTime,
  openTestAccount,
  priceTestTask,
  type TestBooks,
} from './test-books';

export const MANAGEMENT_BANK_ACCOUNT = '40702810000000000001';
export const ACCOUNTANT = { actorId: newId(), mayBeEarly: true };

/** Fixture of an evening: books, the worker's context, and fake neighbours. */
export interface TestEvening extends TestBooks {
  neighbours: Neighbours;
  /** Port for `DAPR_HTTP_PORT`. */
  port: number;
  payment: FakePayment;
  desk: PayoutContext;
  /** Advances the clock. */
  pass(ms: number): void;
  drop(): Promise<void>;
}

/**
 * Creates empty books and the worker's context; the time is noon on the Monday of the test books.
 */
export async function createTestEvening(): Promise<TestEvening> {
  const testBooks = await createTestBooks();
  const { books, setNow, test } = testBooks;
  const neighbours = new Neighbours();
  const port = await neighbours.start();
  const sidecar = new Sidecar({ port, token: 'test' });
  const desk: PayoutContext = {
    ...books,
    sidecar,
    logger: createLogger('test', 'silent'),
    managementBankAccount: MANAGEMENT_BANK_ACCOUNT,
    companyName: 'Popug Ltd',
    inFlight: 32,
    isStopping: () => false,
  };
  return {
    ...testBooks,
    neighbours,
    port,
    payment: new FakePayment(neighbours),
    desk,
    pass: (ms) => setNow(new Date(books.clock().getTime() + ms)),
    async drop() {
      await sidecar.close();
      await neighbours.stop();
      await test.drop();
    },
  };
}

let bankAccounts = 0;

/** Opens an account with a unique bank account number; returns the user's id. */
export async function openPayee(books: AccountContext): Promise<string> {
  const userId = await openTestAccount(books);
  await setBankAccount(books, userId, newBankAccount());
  return userId;
}

/** Returns a bank account number that is unique in the test. */
export function newBankAccount(): string {
  return `4081781${String(++bankAccounts).padStart(13, '0')}`;
}

/** Sets the bank account number of a user. */
export async function setBankAccount(
  { database }: AccountContext,
  userId: string,
  bankAccount: string | null,
): Promise<void> {
  const sql = 'UPDATE accounts SET bank_account = $2 WHERE user_id = $1';
  await query(database, sql, [userId, bankAccount]);
}

/** Books a task's reward for a user, or its fee for negative cents. */
export async function earn(books: AccountContext, userId: string, cents: bigint): Promise<void> {
  const isReward = cents > 0n;
  const amount = isReward ? cents : -cents;
  const taskId = await priceTestTask(books, { price: amount, fee: amount, reward: amount });
  const fact = { eventId: newId(), taskId, userId, occurredAt: books.clock().toISOString() };
  const booking = { ...fact, assignmentNumber: isReward ? null : 1 };
  const refused = await books.database.transaction((tx) =>
    bookTransfers(tx, books, isReward ? REWARD : FEE, [booking]),
  );
  if (refused.length > 0) throw new Error(refused[0]!.reason);
}

/** Retries a failed payout, as an accountant does, without `Idempotency-Key`. */
export async function retryByHand(books: AccountContext, payoutId: string): Promise<void> {
  const { actorId } = ACCOUNTANT;
  const request = { actorId, target: 'test', idempotencyKey: null, content: {} };
  await retryPayout(books, { payoutId, request }, ({ id }) => ({ id }));
}

/** Puts a user's payouts on hold, or releases them. */
export async function holdPayouts(
  books: AccountContext,
  userId: string,
  isHeld = true,
): Promise<void> {
  const by = { userId, actorId: ACCOUNTANT.actorId, basedOn: 'any' } as const;
  await changeAccount(books, by, { payoutsHeld: isHeld ? { reason: 'to be looked into' } : null });
}

/** Runs one round of the worker: payouts, then letters. */
export async function runEvening(desk: PayoutContext): Promise<void> {
  await runPayouts(desk);
  await runLetters(desk);
}

/**
 * Returns faults of all invariants: in all rows, as `check:money` does, and in what is unproven, as
 * the metrics do.
 */
export async function brokenInvariants(books: AccountContext): Promise<string[]> {
  const broken = await faultsOfAllTime(books, moneyInvariants);
  const { faults, unprovenDays } = await proveBooks(books, moneyInvariants);
  for (const [name, found] of faults) if (found !== 0n) broken.push(`new in ${name}: ${found}`);
  if (unprovenDays > 0) broken.push(`${unprovenDays} days are not proven`);
  return broken;
}

/** Returns a user's balance, added up from entries. */
export async function balanceInLedger(
  { database }: AccountContext,
  userId: string,
): Promise<bigint> {
  const sql = `SELECT coalesce(sum(amount_cents), 0)::bigint AS cents
    FROM entries JOIN accounts ON accounts.id = account_id WHERE user_id = $1`;
  const [row] = await query<{ cents: bigint }>(database, sql, [userId]);
  return row!.cents;
}

/** Returns the figures of a user's last closing. */
export async function lastClosing(
  { database }: AccountContext,
  userId: string,
): Promise<{ earned: bigint; committed: bigint; carried: bigint }> {
  const sql = `SELECT earned_cents AS earned, committed_cents AS committed, carried_cents AS carried
    FROM closings JOIN accounts ON accounts.id = account_id
    WHERE user_id = $1 ORDER BY day DESC LIMIT 1`;
  const [row] = await query<{ earned: bigint; committed: bigint; carried: bigint }>(database, sql, [
    userId,
  ]);
  return row!;
}
