import { query, type Database } from '../../shared/db/data-source';

const SECONDS_OF_OLDEST = 'extract(epoch FROM $1::timestamptz - min(created_at)';

const COUNT = `
SELECT count(*) FILTER (WHERE waiting_for IS NULL)::integer AS "inProgress",
  count(flagged_at)::integer AS flagged,
  count(waiting_for)::integer AS waiting,
  coalesce(${SECONDS_OF_OLDEST} FILTER (WHERE waiting_for IS NOT NULL)), 0)::float8
    AS "waitingSeconds",
  (SELECT count(*) FROM unmatched_returns WHERE is_nonsense)::integer
    + (SELECT count(fault) FROM return_statements)::integer AS "flaggedReturns"
FROM bank_transfers WHERE state = 'in_progress'`;

/** Counts of what is not settled or not explained. */
export interface Unsettled {
  /** Transfers whose outcome the bank tells. */
  inProgress: number;
  /** Transfers that the bank answered nonsense about. */
  flagged: number;
  /** Transfers whose outcome an operator tells. */
  waiting: number;
  /** Age of the oldest one that waits for an operator, in seconds. */
  waitingSeconds: number;
  /** Returns that contradict our transfers, and statements of returns that can't be read. */
  flaggedReturns: number;
}

/** Counts transfers without a certain outcome, and returns that do not fit any transfer. */
export async function countUnsettled(database: Database, now: Date): Promise<Unsettled> {
  const [counts] = await query<Unsettled>(database, COUNT, [now]);
  return counts!;
}
