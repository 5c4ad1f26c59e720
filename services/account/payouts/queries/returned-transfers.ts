import { query, type Database, type Tx } from '../../../shared/db/data-source';
import type { AccountContext } from '../../context';
import type { OrderedAttempt } from '../domain/returned-transfer';

/** Returns that one round books at most. */
const BATCH = 1_000;

const DUE = `
SELECT key FROM returned_transfers WHERE booked_at IS NULL AND next_try_at <= $1
ORDER BY next_try_at, position LIMIT ${BATCH}`;

/** Returns the keys of returned transfers that are due to be booked, the oldest first. */
export async function dueReturns({ database, now }: AccountContext): Promise<string[]> {
  const rows = await query<{ key: string }>(database, DUE, [await now(database)]);
  return rows.map(({ key }) => key);
}

/** Attempt of a returned transfer, as `settleAttempts` needs it. */
export interface FoundAttempt extends OrderedAttempt {
  number: number;
  startedAt: Date;
  leaseUntil: Date;
}

const FIND = `
SELECT payout_id AS "payoutId", number, started_at AS "startedAt", lease_until AS "leaseUntil",
  amount_cents AS "amountCents", outcome, state
FROM payout_attempts JOIN payouts ON payouts.id = payout_id
WHERE key = $1`;

/** Returns the attempt with that key at Payment; `locked` locks its payout. */
export async function orderedAttempt(
  tx: Tx | Database,
  key: string,
  lock: 'locked' | 'unlocked',
): Promise<FoundAttempt | undefined> {
  const sql = lock === 'locked' ? `${FIND} FOR UPDATE OF payouts` : FIND;
  const [found] = await query<FoundAttempt>(tx, sql, [key]);
  return found;
}
