import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { FEE, REWARD, bookTransfers } from '../commands/book-transfers';
import { closeBusinessDay } from '../commands/close-business-day';
import { createAccountDatabase } from '../data-source';
import { BANK_CLEARING_ACCOUNT_ID } from '../domain/system-accounts';
import {
  MONDAY_NOON,
  createTestBooks,
  openTestAccount,
  priceTestTask,
  type TestBooks,
} from '../testing/test-books';
import { balancesOf } from './balances';
import { ledgerInvariants } from './invariants';

const DAY_MS = 86_400_000;
const byHand = { actorId: newId(), mayBeEarly: true };

let fixture: TestBooks;
beforeAll(async () => {
  fixture = await createTestBooks();
});
afterAll(() => fixture.test.drop());

/** Books a fee and perhaps a reward for a new task, now. */
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
const violations = (): Promise<bigint[]> =>
  Promise.all(ledgerInvariants.map(({ count }) => count(fixture.books)));

describe('a balance', () => {
  it('is the sum of all entries through fees, rewards, closings and payouts', async () => {
    const { books, setNow } = fixture;
    const userId = await openTestAccount(books);
    await work(userId, 1500n, 4000n);
    expect(await balanceOf(userId)).toEqual({ balance: 2500n, today: 2500n, forecast: 2500n });

    await closeBusinessDay(books, '2026-03-02', byHand);
    // Promised by the closing, not paid yet: still there, but not to be paid again.
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
    await closeBusinessDay(books, '2026-03-03', byHand);
    expect(await balanceOf(userId)).toEqual({ balance: 200n, today: 0n, forecast: 0n });
    expect(await violations()).toEqual([0n, 0n]);
  });

  it('of an account opened after the last closing starts from nothing', async () => {
    const userId = await openTestAccount(fixture.books);
    await work(userId, 300n, null);
    expect(await balanceOf(userId)).toMatchObject({ balance: -300n, forecast: 0n });
    expect(await violations()).toEqual([0n, 0n]);
  });
});

describe('the ledger invariants', () => {
  /** Counts violations after the owner broke something, which is taken back afterwards. */
  const countAfter = async (damage: string, params: unknown[]): Promise<bigint[]> => {
    const { books, test } = fixture;
    const owner = await createAccountDatabase(test.ownerUrl).initialize();
    const runner = owner.createQueryRunner();
    try {
      await runner.startTransaction();
      await runner.query('ALTER TABLE transfers DISABLE TRIGGER transfers_fit');
      await runner.query(damage, params);
      const damaged = { ...books, database: runner as never };
      const counts: bigint[] = [];
      for (const { count } of ledgerInvariants) counts.push(await count(damaged));
      await runner.rollbackTransaction();
      return counts;
    } finally {
      await runner.release();
      await owner.destroy();
    }
  };

  it('see a closing that counted wrongly', async () => {
    const damage = `
      INSERT INTO closings (account_id, day, earned_cents, committed_cents, carried_cents)
      SELECT $1, max(day), -1, 0, -1 FROM closings`;
    const userId = await openTestAccount(fixture.books);
    expect(await countAfter(damage, [await idOf(userId)])).toEqual([0n, 1n]);
  });

  it('see a transfer with a side that is nobody’s', async () => {
    const damage = `
      INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents,
        business_day, task_id, event_id, occurred_at)
      VALUES (uuid_v7(), 'reward', uuid_v7(), $1, 1, '2026-03-04', uuid_v7(), uuid_v7(), now())`;
    const userId = await openTestAccount(fixture.books);
    expect((await countAfter(damage, [await idOf(userId)]))[0]).toBe(1n);
  });
});
