import { TRANSIENT_TOPICS } from '../../services/shared/contracts/event';
import { setTimeout as sleep } from 'node:timers/promises';
import { missingDeliveries } from './deliveries';
import type { MoneyDatabase, ReadOnly } from './read-only';

const POLL_MS = 200;

/** Databases with an outbox of events. */
const PUBLISHERS: readonly MoneyDatabase[] = ['user', 'board', 'account'];

/** Live hints move no money. */
const HINTS = TRANSIENT_TOPICS.map((topic) => `'${topic}'`).join();
const PENDING_EVENTS = `
SELECT count(*)::int AS count FROM outbox
WHERE published_at IS NULL AND topic NOT IN (${HINTS})`;

/**
 * Payouts under way, returns that are not booked yet, and letters neither sent nor given up. A
 * payout planned for an account on hold waits on purpose; a return that has a finding waits for a
 * person, and an invariant names it.
 */
const PENDING_PAYOUTS = `
SELECT (SELECT count(*) FROM payouts JOIN accounts ON accounts.id = account_id
        WHERE state IN ('transferring', 'unknown')
          OR (state = 'planned' AND payouts_held_reason IS NULL))::int
     + (SELECT count(*) FROM returned_transfers WHERE booked_at IS NULL AND finding IS NULL)::int
     + (SELECT count(*) FROM due_letters WHERE state = 'due')::int AS count`;

const OVERDUE_DAYS = `
SELECT count(*)::int AS count FROM business_days
WHERE state = 'open' AND cut_off_at < now() - interval '1 minute'`;

const PENDING_TRANSFERS = `
SELECT count(*)::int AS count FROM bank_transfers WHERE state = 'in_progress'`;

const RETURNS = 'SELECT count(*)::int AS count FROM returned_transfers';
const RETURNS_READ = `
SELECT coalesce(max(read_up_to), 0)::int AS count FROM return_statements`;
const RETURNS_AT_THE_BANK = 'SELECT coalesce(max(position), 0)::int AS count FROM returns';

/** Counts returns that a reader has not read yet. */
async function unreadReturns(read: ReadOnly, hasBank: boolean): Promise<number> {
  const countIn = async (database: MoneyDatabase, sql: string): Promise<number> =>
    (await read<{ count: number }>(database, sql))[0]!.count;
  const byPayment = hasBank
    ? (await countIn('bank', RETURNS_AT_THE_BANK)) - (await countIn('payment', RETURNS_READ))
    : 0;
  const byAccount = (await countIn('payment', RETURNS)) - (await countIn('account', RETURNS));
  return Math.max(byPayment, 0) + Math.max(byAccount, 0);
}

/** Work under way, in words; empty when everything is at rest. */
export async function unsettled(read: ReadOnly, hasBank = true): Promise<string[]> {
  const found: string[] = [];
  const look = async (database: MoneyDatabase, sql: string, what: string): Promise<void> => {
    const [row] = await read<{ count: number }>(database, sql);
    if (row!.count > 0) found.push(`${row!.count} ${what} (${database})`);
  };
  for (const database of PUBLISHERS) await look(database, PENDING_EVENTS, 'unpublished events');
  await look('account', PENDING_PAYOUTS, 'payouts, returns or letters under way');
  await look('account', OVERDUE_DAYS, 'days to be closed');
  await look('payment', PENDING_TRANSFERS, 'bank transfers in progress');
  const unread = await unreadReturns(read, hasBank);
  if (unread > 0) found.push(`${unread} returns not yet read`);
  const missing = await missingDeliveries(read);
  if (missing.length > 0) found.push(`${missing.length} events not yet delivered`);
  return found;
}

/** Waits until nothing is under way. Returns the work still under way after `timeoutMs`. */
export async function waitForRest(
  read: ReadOnly,
  timeoutMs: number,
  hasBank: boolean,
): Promise<string[]> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await unsettled(read, hasBank);
    if (found.length === 0 || Date.now() > deadline) return found;
    await sleep(POLL_MS);
  }
}
