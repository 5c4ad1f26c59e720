import { MAX_NAMED, type ReconciliationResult } from '../contracts/calls/operations';
import { query, type Database } from '../db/data-source';

/** Name of the comparison of events in metrics, status and results. */
export const EVENTS = 'events';

const STATE = `
SELECT last_run_at AS "lastRunAt", last_success_at AS "lastSuccessAt", last_error AS error,
  found::float8 AS found,
  (SELECT count(*) FROM missing_events WHERE consumer = $1)::integer AS missing,
  ARRAY(SELECT event_id::text FROM missing_events WHERE consumer = $1
        ORDER BY event_id LIMIT ${MAX_NAMED}) AS "missingIds"
FROM (SELECT $1::text AS consumer) AS asked
LEFT JOIN event_reconciliations AS state USING (consumer)`;

interface State {
  lastRunAt: Date | null;
  lastSuccessAt: Date | null;
  error: string | null;
  found: number | null;
  missing: number;
  missingIds: string[];
}

/** State of the reconciliation of a consumer's events; `found` counts since the beginning. */
export async function eventReconciliation(
  database: Database,
  consumer: string,
): Promise<ReconciliationResult & { found: number }> {
  const [row] = await query<State>(database, STATE, [consumer]);
  const { lastRunAt, lastSuccessAt, found, ...rest } = row!;
  return {
    name: EVENTS,
    ...rest,
    found: found ?? 0,
    lastRunAt: lastRunAt?.toISOString() ?? null,
    lastSuccessAt: lastSuccessAt?.toISOString() ?? null,
  };
}
