import { query } from '../../shared/db/data-source';
import { agreedNow } from '../../shared/db/database-clock';
import { leaseOfCall } from '../../shared/work/lease';
import type { PaymentContext } from '../context';

/** Claimed statement of returns. */
export interface ReturnStatement {
  rail: string;
  /** Last position that was read. */
  readUpTo: bigint;
  /** Positions that did not fit, and are due to be read again, with the number of tries. */
  unmatched: { position: bigint; tries: number }[];
}

const BEGIN = 'INSERT INTO return_statements (rail) VALUES ($1) ON CONFLICT (rail) DO NOTHING';

const CLAIM = `
UPDATE return_statements SET lease_until = $3 WHERE rail = $1 AND lease_until <= $2
RETURNING read_up_to AS "readUpTo"`;

const DUE = `
SELECT position, tries FROM unmatched_returns WHERE rail = $1 AND next_try_at <= $2
ORDER BY next_try_at LIMIT $3`;

/**
 * Claims a rail's statement of returns for calls of `waitMs` milliseconds altogether, with at most
 * `limit` unmatched positions. Returns null while another process reads it. Throws 503 `clock-off`.
 */
export async function claimReturnStatement(
  context: PaymentContext,
  rail: string,
  { waitMs, limit }: { waitMs: number; limit: number },
): Promise<ReturnStatement | null> {
  const { database } = context;
  const now = await agreedNow(context, database);
  await query(database, BEGIN, [rail]);
  const params = [rail, now, leaseOfCall(now, waitMs)];
  const [claimed] = await query<{ readUpTo: bigint }>(database, CLAIM, params);
  if (!claimed) return null;
  const unmatched = await query<ReturnStatement['unmatched'][number]>(database, DUE, [
    rail,
    now,
    limit,
  ]);
  return { rail, ...claimed, unmatched };
}
