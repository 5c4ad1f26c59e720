import { query, type Database } from '../../shared/db/data-source';
import type { PayoutState } from '../domain/payout';

export { payoutStates } from '../domain/payout';

/** How the payouts stand. */
export interface PayoutMeasures {
  counts: Map<PayoutState, number>;
  /** Letters not sent yet, and those given up. */
  lettersDue: number;
  lettersFailed: number;
  /** Cut-off of the last closed business day, in seconds since 1970; 0 before the first. */
  lastCutOffSeconds: number;
}

const COUNTS = 'SELECT state, count(*)::integer AS count FROM payouts GROUP BY state';

const LETTERS = `
SELECT count(*) FILTER (WHERE state = 'due')::integer AS due,
  count(*) FILTER (WHERE state = 'failed')::integer AS failed
FROM payout_letters WHERE state <> 'sent'`;

const LAST_CUT_OFF = `
SELECT coalesce(extract(epoch FROM max(cut_off_at)), 0)::float8 AS seconds
FROM business_days WHERE state = 'closed'`;

/** Counts the payouts and looks at the last closing. */
export async function measurePayouts(database: Database): Promise<PayoutMeasures> {
  const counts = await query<{ state: PayoutState; count: number }>(database, COUNTS);
  const [letters] = await query<{ due: number; failed: number }>(database, LETTERS);
  const [last] = await query<{ seconds: number }>(database, LAST_CUT_OFF);
  return {
    counts: new Map(counts.map(({ state, count }) => [state, count])),
    lettersDue: letters!.due,
    lettersFailed: letters!.failed,
    lastCutOffSeconds: last!.seconds,
  };
}
