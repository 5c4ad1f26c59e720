import {
  MAX_IDS,
  type DigestRequest,
  type PublishedDigests,
  type RangeDigest,
} from '../contracts/calls/published-events';
import { query, type Database } from '../db/data-source';
import { firstIdAt, timeOfId } from '../kernel/ids';
import { digestsSql } from './id-digests';
import { wakeRelay } from './outbox';

/** Ids are dated by a process's clock, transactions by the database's: see `clock-off`. */
const CLOCK_TOLERANCE = '3 seconds';

/**
 * Oldest event that may still appear or be published: the oldest pending row, and the start of the
 * oldest transaction of this role that has written something.
 */
const UNSETTLED = `
SELECT (SELECT id FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT 1) AS "pendingId",
  (SELECT min(xact_start) - interval '${CLOCK_TOLERANCE}' FROM pg_stat_activity
   WHERE datname = current_database() AND usename = current_user AND backend_xid IS NOT NULL
     AND pid <> pg_backend_pid()) AS "writingSince"`;

/** A range of time is a range of the primary key. */
const OF_SPAN = `SELECT id FROM outbox WHERE id >= $1 AND id < $2 AND type = ANY($3)`;
const DIGESTS = digestsSql(OF_SPAN, '$4');
const IDS = `${OF_SPAN} AND ($4::uuid IS NULL OR id > $4) ORDER BY id LIMIT ${MAX_IDS}`;

/** Returns the moment up to which the set of published events is final; at most `to`. */
async function settledUntil(database: Database, to: string): Promise<string> {
  const [row] = await query<{ pendingId: string | null; writingSince: Date | null }>(
    database,
    UNSETTLED,
  );
  const { pendingId, writingSince } = row!;
  const moments = [
    Date.parse(to),
    ...(pendingId === null ? [] : [timeOfId(pendingId)]),
    ...(writingSince === null ? [] : [writingSince.getTime()]),
  ];
  return new Date(Math.min(...moments)).toISOString();
}

const boundsOf = (from: string, to: string): [string, string] => [
  firstIdAt(Date.parse(from)),
  firstIdAt(Date.parse(to)),
];

/**
 * Returns count and hash of the written events by range. They are final up to `until` only: events
 * of a running transaction, or pending ones, may be older than `to`.
 */
export async function digestPublished(
  database: Database,
  { types, from, to, widthMs }: DigestRequest,
): Promise<PublishedDigests> {
  const until = await settledUntil(database, to);
  const params = [...boundsOf(from, to), types, widthMs];
  return { until, ranges: await query<RangeDigest>(database, DIGESTS, params) };
}

/** Returns ids of events of the span in order, at most `MAX_IDS`, after the given one. */
export async function listPublishedIds(
  database: Database,
  { types, from, to, after }: Omit<DigestRequest, 'widthMs'> & { after?: string | undefined },
): Promise<string[]> {
  const rows = await query<{ id: string }>(database, IDS, [...boundsOf(from, to), types, after]);
  return rows.map(({ id }) => id);
}

/** Pending ones go out anyway. */
const RESEND = `
UPDATE outbox SET published_at = NULL
WHERE id = ANY($1::uuid[]) AND published_at IS NOT NULL RETURNING id`;

/**
 * Has published events published again, under their own ids: the inbox of a consumer that has
 * received one ignores it. Returns how many; ids that are not kept any more are left out.
 */
export async function resendEvents(database: Database, ids: readonly string[]): Promise<number> {
  return database.transaction(async (tx) => {
    const rows = await query(tx, RESEND, [ids]);
    if (rows.length > 0) await wakeRelay(tx);
    return rows.length;
  });
}
