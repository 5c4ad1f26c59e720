import { setTimeout as sleep } from 'node:timers/promises';
import { missingDeliveries } from './deliveries';
import type { MoneyDatabase, ReadOnly } from './read-only';

const POLL_MS = 200;

/** Databases with an outbox of events. */
const PUBLISHERS: readonly MoneyDatabase[] = ['user', 'board', 'account'];

const PENDING_EVENTS = `SELECT count(*)::int AS count FROM outbox WHERE published_at IS NULL`;

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

/** Work under way, in words; empty when everything is at rest. */
export async function unsettled(read: ReadOnly): Promise<string[]> {
  const found: string[] = [];
  const look = async (database: MoneyDatabase, sql: string, what: string): Promise<void> => {
    const [row] = await read<{ count: number }>(database, sql);
    if (row!.count > 0) found.push(`${row!.count} ${what} (${database})`);
  };
  for (const database of PUBLISHERS) await look(database, PENDING_EVENTS, 'unpublished events');
  await look('account', PENDING_PAYOUTS, 'payouts, returns or letters under way');
  await look('account', OVERDUE_DAYS, 'days to be closed');
  await look('payment', PENDING_TRANSFERS, 'bank transfers in progress');
  const missing = await missingDeliveries(read);
  if (missing.length > 0) found.push(`${missing.length} events not yet delivered`);
  return found;
}

/** Waits until nothing is under way. Returns the work still under way after `timeoutMs`. */
export async function waitForRest(read: ReadOnly, timeoutMs: number): Promise<string[]> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const found = await unsettled(read);
    if (found.length === 0 || Date.now() > deadline) return found;
    await sleep(POLL_MS);
  }
}
