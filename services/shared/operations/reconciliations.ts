import {
  MAX_NAMED,
  type ReconciliationResult,
  type ReconciliationRun,
} from '../contracts/calls/operations';
import { query, type Database } from '../db/data-source';
import { notFound } from '../kernel/errors';
import type { Logger } from '../observability/logger';
import type { Job } from '../work/jobs';

/** A comparison with another service that an operator can start. */
export interface Check {
  name: string;
  /** Compares everything that is kept; returns what is missing, by id. Throws when it can't. */
  run(): Promise<readonly string[]>;
}

const START = `
INSERT INTO reconciliations (id) VALUES ($1) ON CONFLICT (id) DO NOTHING`;

const FORGET = `DELETE FROM reconciliations WHERE requested_at < now() - interval '30 days'`;

/** Records that a reconciliation was asked for; a repeat does nothing. Old ones are deleted. */
export async function startRun(database: Database, id: string): Promise<void> {
  await query(database, FORGET);
  await query(database, START, [id]);
}

const READ = `
SELECT id, requested_at AS "requestedAt", finished_at AS "finishedAt", results
FROM reconciliations WHERE id = $1`;

interface Row {
  id: string;
  requestedAt: Date;
  finishedAt: Date | null;
  results: ReconciliationResult[] | null;
}

/** Returns a reconciliation that was asked for. Throws 404. */
export async function readRun(database: Database, id: string): Promise<ReconciliationRun> {
  const [row] = await query<Row>(database, READ, [id]);
  if (!row) throw notFound('Reconciliation');
  return {
    id,
    requestedAt: row.requestedAt.toISOString(),
    finishedAt: row.finishedAt?.toISOString() ?? null,
    results: row.results ?? [],
  };
}

const EVERY_MS = 2_000;
/** A run whose process died begins again after it. */
const LEASE = '10 minutes';

const CLAIM = `
UPDATE reconciliations SET leased_until = now() + interval '${LEASE}'
WHERE id = (
  SELECT id FROM reconciliations WHERE finished_at IS NULL AND leased_until < now()
  ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id`;

const FINISH = `UPDATE reconciliations SET finished_at = now(), results = $2 WHERE id = $1`;

/** Creates the job that runs the reconciliations that were asked for. */
export function runReconciliationsJob(
  database: Database,
  logger: Logger,
  checks: readonly Check[],
): Job {
  return {
    name: 'run-reconciliations',
    everyMs: EVERY_MS,
    async run() {
      const [claimed] = await query<{ id: string }>(database, CLAIM);
      if (!claimed) return;
      const results: ReconciliationResult[] = [];
      for (const check of checks) results.push(await resultOf(check, logger));
      await query(database, FINISH, [claimed.id, JSON.stringify(results)]);
    },
  };
}

async function resultOf({ name, run }: Check, logger: Logger): Promise<ReconciliationResult> {
  const lastRunAt = new Date().toISOString();
  try {
    const ids = await run();
    const missingIds = ids.slice(0, MAX_NAMED);
    const missing = ids.length;
    return { name, lastRunAt, lastSuccessAt: lastRunAt, missing, missingIds, error: null };
  } catch (err) {
    logger.warn({ err, reconciliation: name }, 'could not reconcile');
    const error = err instanceof Error ? err.message : 'unknown';
    return { name, lastRunAt, lastSuccessAt: null, missing: 0, missingIds: [], error };
  }
}
