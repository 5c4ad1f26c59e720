import {
  MAX_NAMED,
  type ReconciliationResult,
  type ReconciliationRun,
} from '../contracts/calls/operations';
import { query, type Database } from '../db/data-source';
import { notFound } from '../kernel/errors';
import { derivedId } from '../kernel/ids';
import { EVENTS } from '../messaging/reconciliation-state';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import type { Parts } from '../runtime/parts';
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
const MS_PER_HOUR = 3_600_000;
const MS_PER_SECOND = 1_000;
/** A run whose process died begins again after it. */
const LEASE = '10 minutes';

const CLAIM = `
UPDATE reconciliations SET leased_until = now() + interval '${LEASE}'
WHERE id = (
  SELECT id FROM reconciliations WHERE finished_at IS NULL AND leased_until < now()
  ORDER BY requested_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id`;

const FINISH = `UPDATE reconciliations SET finished_at = now(), results = $2 WHERE id = $1`;

const PUT_OFF = `
UPDATE reconciliations SET leased_until = now() + interval '30 seconds' WHERE id = $1`;

/** Creates the job that runs a reconciliation each hour, and those that were asked for. */
export function runReconciliationsJob(
  database: Database,
  { name, logger, metrics }: Pick<Parts, 'name' | 'logger' | 'metrics'>,
  checks: readonly Check[],
): Job {
  return {
    name: 'run-reconciliations',
    everyMs: EVERY_MS,
    async run() {
      await query(database, START, [hourlyId(name)]);
      const [claimed] = await query<{ id: string }>(database, CLAIM);
      if (claimed) {
        const before = await lastResults(database);
        const results: ReconciliationResult[] = [];
        for (const check of checks) {
          const last = before.find((result) => result.name === check.name);
          results.push(await resultOf(check, last, logger));
        }
        const isComplete = results.every(({ error }) => error === null);
        // An operator sees the error; the hourly run begins again a little later.
        if (!isComplete && claimed.id === hourlyId(name)) {
          await query(database, PUT_OFF, [claimed.id]);
          return show(results, metrics);
        }
        await query(database, FINISH, [claimed.id, JSON.stringify(results)]);
      }
      show(await lastResults(database), metrics);
    },
  };
}

/** The same at all replicas within an hour. */
function hourlyId(service: string): string {
  return derivedId(service, 'reconciliation', String(Math.floor(Date.now() / MS_PER_HOUR)));
}

const LAST = `
SELECT results FROM reconciliations WHERE finished_at IS NOT NULL
ORDER BY finished_at DESC LIMIT 1`;

/** Returns the results of the run that ended last; empty before the first. */
export async function lastResults(database: Database): Promise<ReconciliationResult[]> {
  const [row] = await query<{ results: ReconciliationResult[] }>(database, LAST);
  return row?.results ?? [];
}

/** Sets the gauges. Those of events are set by their own job, every 20 seconds. */
function show(results: readonly ReconciliationResult[], metrics: Metrics): void {
  for (const { name, missing, lastSuccessAt } of results) {
    if (name === EVENTS) continue;
    metrics.reconciliationMissing.set({ name }, missing);
    const at = lastSuccessAt === null ? 0 : Date.parse(lastSuccessAt);
    metrics.reconciliationLastSuccess.set({ name }, at / MS_PER_SECOND);
  }
}

/** Result of a check; one that failed says what was found the last time it did not. */
async function resultOf(
  { name, run }: Check,
  before: ReconciliationResult | undefined,
  logger: Logger,
): Promise<ReconciliationResult> {
  const lastRunAt = new Date().toISOString();
  try {
    const ids = await run();
    const missingIds = ids.slice(0, MAX_NAMED);
    const missing = ids.length;
    if (missing > 0) logger.error({ reconciliation: name, missing, missingIds }, 'sides differ');
    return { name, lastRunAt, lastSuccessAt: lastRunAt, missing, missingIds, error: null };
  } catch (err) {
    logger.warn({ err, reconciliation: name }, 'could not reconcile');
    const error = err instanceof Error ? err.message : 'unknown';
    const { lastSuccessAt = null, missing = 0, missingIds = [] } = before ?? {};
    return { name, lastRunAt, lastSuccessAt, missing, missingIds, error };
  }
}
