import { MAX_RESENT } from '../contracts/calls/published-events';
import { query, type Database } from '../db/data-source';
import type { MissingEvent } from './find-missing';
import { findUnreceived } from './received-events';

const REMEMBER = `
INSERT INTO missing_events (consumer, event_id, producer)
SELECT $1, event_id, producer FROM unnest($2::uuid[], $3::text[]) AS found (event_id, producer)
ON CONFLICT DO NOTHING RETURNING event_id`;

/** Records missing events; returns how many of them are new. */
export async function rememberMissing(
  database: Database,
  consumer: string,
  missing: readonly MissingEvent[],
): Promise<number> {
  const [ids, producers] = [missing.map(({ id }) => id), missing.map(({ producer }) => producer)];
  return (await query(database, REMEMBER, [consumer, ids, producers])).length;
}

/** Rows checked per round: more than can be outstanding. */
const CHECKED = 5_000;

const OUTSTANDING = `
SELECT event_id AS id FROM missing_events WHERE consumer = $1 ORDER BY event_id LIMIT ${CHECKED}`;

const FORGET_ARRIVED = `
DELETE FROM missing_events WHERE consumer = $1 AND NOT (event_id = ANY ($3::uuid[]))
  AND event_id = ANY ($2::uuid[])`;

/** As long as inboxes keep ids: a later arrival could have its effect twice. */
const FORGET_OLD = `
DELETE FROM missing_events WHERE consumer = $1 AND found_at < now() - interval '30 days'`;

/** Deletes the rows of events that have arrived. */
export async function forgetArrived(database: Database, consumer: string): Promise<void> {
  const rows = await query<{ id: string }>(database, OUTSTANDING, [consumer]);
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return;
  const lacking = await findUnreceived(database, consumer, ids);
  await query(database, FORGET_ARRIVED, [consumer, ids, lacking]);
  await query(database, FORGET_OLD, [consumer]);
}

/** Resends of one event: the delays add up to three hours, then a person must look. */
export const MAX_TIMES_RESENT = 10;
const FIRST_DELAY = '20 seconds';
const LONGEST_DELAY = '1 hour';

/** Counts the attempt before the call: an answer that is lost must not cause an extra one. */
const CLAIM_DUE = `
UPDATE missing_events SET times_resent = times_resent + 1,
  next_resend_at = now() + least(interval '${FIRST_DELAY}' * power(2, times_resent),
    interval '${LONGEST_DELAY}')
WHERE (consumer, event_id) IN (
  SELECT consumer, event_id FROM missing_events
  WHERE consumer = $1 AND next_resend_at <= now() AND times_resent < ${MAX_TIMES_RESENT}
  ORDER BY event_id LIMIT ${MAX_RESENT})
RETURNING event_id AS id, producer`;

/** Returns missing events to resend now, at most `MAX_RESENT`; the next time is later each time. */
export async function claimResends(database: Database, consumer: string): Promise<MissingEvent[]> {
  return query(database, CLAIM_DUE, [consumer]);
}
