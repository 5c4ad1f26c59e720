import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import type { BulkEntry } from '../../shared/messaging/bulk-delivery';
import { Delivery } from '../../shared/messaging/delivery';
import type { Subscription } from '../../shared/messaging/subscription';
import { createLogger } from '../../shared/observability/logger';
import { createMetrics } from '../../shared/observability/metrics';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import type { AccountContext } from '../context';
import { createAccountDatabase } from '../data-source';
import { ALL_TIME, rangeParams, type MoneyInvariant } from '../proof/queries/checked-range';

/** Monday noon in Moscow, on the business day 2026-03-02, which ends at 15:00 UTC. */
export const MONDAY_NOON = new Date('2026-03-02T09:00:00.000Z');

/** Books on a test database, with a clock that the test sets. */
export interface TestBooks {
  test: TestDatabase;
  books: AccountContext;
  /** Sets the clock. */
  setNow(now: Date): void;
}

/** Creates empty books; the time is `MONDAY_NOON`. */
export async function createTestBooks(): Promise<TestBooks> {
  const test = await createTestDatabase(createAccountDatabase);
  let now = MONDAY_NOON;
  const books: AccountContext = {
    database: test.database,
    now: () => Promise.resolve(now),
    clock: () => now,
    calendar: { timeZone: 'Europe/Moscow', cutOff: '18:00' },
    currency: 'USD',
  };
  return { test, books, setNow: (moment) => (now = moment) };
}

/** Returns the delivery of events, as the running service has. */
export function testDelivery({ database }: AccountContext): Delivery {
  return new Delivery({
    consumer: 'account',
    database,
    logger: createLogger('account', 'silent'),
    metrics: createMetrics('account'),
  });
}

/**
 * Delivers events in order, and again those answered `RETRY`, until none is left. Throws when a
 * delivery makes no progress.
 */
export async function deliverUntilDone(
  delivery: Delivery,
  subscription: Subscription,
  events: readonly object[],
): Promise<void> {
  let waiting: BulkEntry[] = events.map((event) => ({ entryId: newId(), event }));
  while (waiting.length > 0) {
    const answers = await delivery.deliver(subscription, waiting);
    const refused = answers.filter(({ status }) => status === 'RETRY');
    const ids = new Set(refused.map(({ entryId }) => entryId));
    const again = waiting.filter(({ entryId }) => ids.has(entryId));
    if (again.length === waiting.length) throw new Error('no event of the batch can be applied');
    waiting = again;
  }
}

/** Opens an account, as `UserCreated` does; returns the user's id. */
export async function openTestAccount(
  { database }: AccountContext,
  userId = newId(),
): Promise<string> {
  const sql = `INSERT INTO accounts (id, kind, user_id) VALUES (uuid_v7(), 'employee', $1)`;
  await query(database, sql, [userId]);
  return userId;
}

/** Stores the price of a task, as `POST /prices` does; returns the task's id. */
export async function priceTestTask(
  { database }: AccountContext,
  { price = 3000n, fee = 1500n, reward = 3000n, taskId = newId() } = {},
): Promise<string> {
  const sql = `INSERT INTO prices (task_id, price_cents, fee_cents, reward_cents)
    VALUES ($1, $2, $3, $4)`;
  await query(database, sql, [taskId, price, fee, reward]);
  return taskId;
}

/** Returns faults of invariants in all rows, as `check:money` does: `name: what`. */
export async function faultsOfAllTime(
  { database }: Pick<AccountContext, 'database'>,
  invariants: readonly MoneyInvariant[],
): Promise<string[]> {
  const faults: string[] = [];
  for (const { name, sql } of invariants) {
    const rows = await query<{ what: string }>(database, sql, rangeParams(ALL_TIME));
    faults.push(...rows.map(({ what }) => `${name}: ${what}`));
  }
  return faults;
}
