import { query, type Database } from '../../../shared/db/data-source';
import { payoutStates, type PayoutState } from '../domain/payout';

/**
 * Label of a count: a payout's state, `held` for planned payouts of accounts on hold, or `waiting`
 * for unknown ones whose file an operator takes to the bank.
 */
export type MeasuredState = PayoutState | 'held' | 'waiting';

export const measuredStates: readonly MeasuredState[] = [...payoutStates, 'held', 'waiting'];

/** Measured figures of payouts and business days. */
export interface PayoutMeasures {
  counts: Map<MeasuredState, number>;
  /** Cut-off of the last closed business day, in seconds since 1970; 0 before the first. */
  lastCutOffSeconds: number;
  /** Cut-off of the earliest open business day, in seconds since 1970; 0 without one. */
  nextCutOffSeconds: number;
}

/** Planned payouts on hold are counted apart. Accounts are joined for planned payouts alone. */
const COUNTS = `
SELECT state, count(*)::integer AS count FROM payouts WHERE state NOT IN ('planned', 'unknown')
GROUP BY state
UNION ALL
SELECT CASE WHEN waiting_for IS NULL THEN 'unknown' ELSE 'waiting' END, count(*)::integer
FROM payouts WHERE state = 'unknown' GROUP BY 1
UNION ALL
SELECT CASE WHEN payouts_held_reason IS NULL THEN 'planned' ELSE 'held' END, count(*)::integer
FROM payouts JOIN accounts ON accounts.id = account_id WHERE state = 'planned' GROUP BY 1`;

const CUT_OFFS = `
SELECT coalesce(extract(epoch FROM max(cut_off_at) FILTER (WHERE state = 'closed')), 0)::float8
    AS last,
  coalesce(extract(epoch FROM min(cut_off_at) FILTER (WHERE state = 'open')), 0)::float8 AS next
FROM business_days`;

/** Counts payouts by state and reads the cut-offs of the last closed and the first open day. */
export async function measurePayouts(database: Database): Promise<PayoutMeasures> {
  const counts = await query<{ state: MeasuredState; count: number }>(database, COUNTS);
  const [cutOffs] = await query<{ last: number; next: number }>(database, CUT_OFFS);
  return {
    counts: new Map(counts.map(({ state, count }) => [state, count])),
    lastCutOffSeconds: cutOffs!.last,
    nextCutOffSeconds: cutOffs!.next,
  };
}
