import { query } from '../../../shared/db/data-source';
import { newId } from '../../../shared/kernel/ids';
import { ledgerInvariants } from '../../proof/queries/ledger-invariants';
import { closeByHand } from '../../testing/close-by-hand';
import {
  MONDAY_NOON,
  createTestBooks,
  faultsOfAllTime,
  openTestAccount,
  priceTestTask,
  type TestBooks,
} from '../../testing/test-books';
import { BANK_CLEARING_ACCOUNT_ID } from '../domain/system-accounts';
import { FEE, REWARD, bookTransfers } from '../steps/book-transfers';
import { balancesOf } from './balances';

const DAY_MS = 86_400_000;
const byHand = { actorId: newId(), mayBeEarly: true };

let fixture: TestBooks;
beforeAll(async () => {
  fixture = await createTestBooks();
});
afterAll(() => fixture.test.drop());

/** Books a fee, and a reward unless null, for a new task at the test's time. */
async function work(userId: string, fee: bigint, reward: bigint | null): Promise<void> {
  const { books } = fixture;
  const taskId = await priceTestTask(books, { fee, reward: reward ?? 1n });
  const occurredAt = books.clock().toISOString();
  const booking = { eventId: newId(), taskId, userId, occurredAt };
  await books.database.transaction(async (tx) => {
    await bookTransfers(tx, books, FEE, [{ ...booking, assignmentNumber: 1 }]);
    if (reward !== null) {
      await bookTransfers(tx, books, REWARD, [{ ...booking, assignmentNumber: null }]);
    }
  });
}

const idOf = async (userId: string): Promise<string> => {
  const sql = 'SELECT id FROM accounts WHERE user_id = $1';
  const [row] = await query<{ id: string }>(fixture.books.database, sql, [userId]);
  return row!.id;
};
const balanceOf = async (userId: string): Promise<unknown> => {
  const id = await idOf(userId);
  const { balanceCents, todayCents, forecastCents } = (await balancesOf(fixture.books, [id])).get(
    id,
  )!;
  return { balance: balanceCents, today: todayCents, forecast: forecastCents };
};
const violations = (): Promise<string[]> => faultsOfAllTime(fixture.books, ledgerInvariants);

describe('a balance', () => {
  it('is the sum of all entries through fees, rewards, closings and payouts', async () => {
    const { books, setNow } = fixture;
    const userId = await openTestAccount(books);
    await work(userId, 1500n, 4000n);
    expect(await balanceOf(userId)).toEqual({ balance: 2500n, today: 2500n, forecast: 2500n });

    await closeByHand(books, '2026-03-02', byHand);
    // Committed by the closing and not paid yet: part of the balance, not of the forecast.
    expect(await balanceOf(userId)).toEqual({ balance: 2500n, today: 0n, forecast: 0n });

    setNow(new Date(MONDAY_NOON.getTime() + DAY_MS));
    await work(userId, 700n, null);
    expect(await balanceOf(userId)).toEqual({ balance: 1800n, today: -700n, forecast: 0n });

    await query(
      books.database,
      `INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents,
         business_day, payout_id, occurred_at)
       SELECT uuid_v7(), 'payout', account_id, $2, amount_cents, '2026-03-03', id, now()
       FROM payouts WHERE account_id = $1`,
      [await idOf(userId), BANK_CLEARING_ACCOUNT_ID],
    );
    expect(await balanceOf(userId)).toEqual({ balance: -700n, today: -700n, forecast: 0n });

    await work(userId, 100n, 1000n);
    expect(await balanceOf(userId)).toEqual({ balance: 200n, today: 200n, forecast: 200n });
    await closeByHand(books, '2026-03-03', byHand);
    expect(await balanceOf(userId)).toEqual({ balance: 200n, today: 0n, forecast: 0n });
    expect(await violations()).toEqual([]);
  });

  it('of an account opened after the last closing starts from nothing', async () => {
    const userId = await openTestAccount(fixture.books);
    await work(userId, 300n, null);
    expect(await balanceOf(userId)).toMatchObject({ balance: -300n, forecast: 0n });
    expect(await violations()).toEqual([]);
  });
});
