import { query, type Database } from '../db/data-source';
import { everyStep } from '../kernel/every-step';
import type { Metrics } from '../observability/metrics';
import type { Job } from '../work/jobs';

const MEASURE_MS = 10_000;
const CLEAN_MS = 3_600_000;
const CLEAN_BATCH = 5_000;

const MEASURE = `
SELECT
  (SELECT count(*) FROM outbox WHERE published_at IS NULL) AS pending,
  (SELECT coalesce(extract(epoch FROM now() - min(occurred_at)), 0)::float8
     FROM outbox WHERE published_at IS NULL) AS oldest_seconds,
  (SELECT count(*) FROM dead_letters WHERE state = 'open') AS dead_letters`;

/**
 * Published events are kept for a week: they can be sent again when the broker loses its streams.
 */
const CLEAN_OUTBOX = `
DELETE FROM outbox WHERE id IN (
  SELECT id FROM outbox WHERE published_at < now() - interval '7 days' LIMIT ${CLEAN_BATCH})
RETURNING 1`;

/** Longer than the broker keeps events, so that late duplicates are still recognised. */
const CLEAN_INBOX = `
DELETE FROM inbox WHERE (consumer, event_id) IN (
  SELECT consumer, event_id FROM inbox
  WHERE received_at < now() - interval '30 days' LIMIT ${CLEAN_BATCH})
RETURNING 1`;

/** Deletes in batches, so that no statement takes long, until no row is left. */
async function clean(database: Database, sql: string): Promise<void> {
  let gone: unknown[];
  do gone = await query(database, sql);
  while (gone.length === CLEAN_BATCH);
}

interface Measured {
  pending: bigint;
  oldest_seconds: number;
  dead_letters: bigint;
}

/** Returns the jobs that measure the messaging tables and delete old rows. */
export function messagingJobs(database: Database, metrics: Metrics): Job[] {
  return [
    {
      name: 'measure-messaging',
      everyMs: MEASURE_MS,
      async run() {
        const [row] = await query<Measured>(database, MEASURE);
        metrics.outboxPending.set(Number(row!.pending));
        metrics.outboxOldestSeconds.set(row!.oldest_seconds);
        metrics.deadLetters.set(Number(row!.dead_letters));
      },
    },
    {
      name: 'clean-messaging',
      everyMs: CLEAN_MS,
      run: () => everyStep([CLEAN_OUTBOX, CLEAN_INBOX].map((sql) => () => clean(database, sql))),
    },
  ];
}
