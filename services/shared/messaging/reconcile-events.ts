import { MAX_RESENT, resendPublished } from '../contracts/calls/published-events';
import { call } from '../dapr/invoke';
import { query } from '../db/data-source';
import { unavailable } from '../kernel/errors';
import type { Logger } from '../observability/logger';
import { findMissing, type Comparison, type MissingEvent } from './find-missing';
import type { Span } from './id-digests';
import { claimResends, forgetArrived, rememberMissing } from './missing-events';
import { horizonOf } from './received-events';

/** What reconciling the events of a consumer needs. */
export interface EventDesk extends Comparison {
  logger: Logger;
  /** How long this process has been able to receive events, in ms. */
  runningMs(): number;
}

/** Outbox rows are kept so long; the first run of a consumer begins there. */
const KEPT = '7 days';
const KEPT_MS = 7 * 24 * 3_600_000;
/** Longer than a round; a crashed process delays the next round by it. */
const LEASE = '2 minutes';
/** What is compared again each hour: a fault of one comparison must not last. */
const AGAIN_MS = 24 * 3_600_000;
const AGAIN_EVERY = '1 hour';

const CLAIM = `
INSERT INTO event_reconciliations AS state (consumer, watermark, leased_until, last_run_at)
VALUES ($1, now() - interval '${KEPT}', now() + interval '${LEASE}', now())
ON CONFLICT (consumer) DO UPDATE
SET leased_until = now() + interval '${LEASE}', last_run_at = now()
WHERE state.leased_until < now()
RETURNING watermark, last_full_at < now() - interval '${AGAIN_EVERY}' AS "isFullDue"`;

/** Never backwards: what an earlier round found missing is remembered by itself. */
const SUCCEED = `
UPDATE event_reconciliations SET watermark = greatest(watermark, $2), leased_until = '-infinity',
  last_success_at = now(), last_error = NULL, found = found + $3,
  last_full_at = CASE WHEN $4 THEN now() ELSE last_full_at END
WHERE consumer = $1`;

const FAIL = `
UPDATE event_reconciliations SET leased_until = '-infinity', last_error = $2 WHERE consumer = $1`;

interface Claimed {
  watermark: Date;
  isFullDue: boolean;
}

/** Result of a round: events newly found missing, and events published again. */
export interface Round {
  found: number;
  resent: number;
}

/**
 * Compares what was published since the watermark with what was received, and has missing events
 * published again. The watermark passes only ranges in which nothing is missing. One round at a
 * time over all replicas: returns null when another one runs. Throws 503 when a producer is away.
 */
export async function reconcileEvents(desk: EventDesk): Promise<Round | null> {
  const { consumer, database } = desk;
  const [claimed] = await query<Claimed>(database, CLAIM, [consumer]);
  if (!claimed) return null;
  try {
    return await runRound(desk, claimed);
  } catch (error) {
    await query(database, FAIL, [consumer, error instanceof Error ? error.message : 'unknown']);
    throw error;
  }
}

async function runRound(desk: EventDesk, { watermark, isFullDue }: Claimed): Promise<Round> {
  const { consumer, database } = desk;
  await forgetArrived(database, consumer);
  const horizon = await horizonOf(database, consumer, desk.runningMs());
  const toMs = horizon?.getTime() ?? 0;
  const sinceMs = watermark.getTime();
  const fromMs = isFullDue ? Math.min(sinceMs, toMs - AGAIN_MS) : sinceMs;
  const { found, completeUntilMs } = await compareAndRemember(desk, { fromMs, toMs });
  const resent = await resendMissing(desk);
  const until = new Date(Math.max(completeUntilMs, sinceMs));
  await query(database, SUCCEED, [consumer, until, found, isFullDue && toMs > 0]);
  return { found, resent };
}

async function compareAndRemember(
  desk: EventDesk,
  span: Span,
): Promise<{ found: number; completeUntilMs: number }> {
  if (span.toMs <= span.fromMs) return { found: 0, completeUntilMs: 0 };
  const { missing, completeUntilMs } = await findMissing(desk, span, MAX_RESENT);
  const found = await rememberMissing(desk.database, desk.consumer, missing);
  if (found > 0) {
    const eventIds = missing.map(({ id }) => id);
    desk.logger.error({ found, eventIds }, 'published events were not received');
  }
  return { found, completeUntilMs };
}

/** Has due missing events published again, at most `MAX_RESENT`; returns how many were. */
async function resendMissing({ consumer, database, sidecar }: EventDesk): Promise<number> {
  const due = await claimResends(database, consumer);
  let count = 0;
  for (const producer of new Set(due.map((event) => event.producer))) {
    const ids = due.filter((event) => event.producer === producer).map(({ id }) => id);
    const { resent } = await call(sidecar, resendPublished(producer), { body: { ids } });
    count += resent;
  }
  return count;
}

/**
 * Compares everything that producers keep, and has missing events published again, at most
 * `MAX_RESENT`; the rounds of the job go on with the rest. Returns the missing ones. Throws 503
 * when a producer is away, or this process has only just begun to receive.
 */
export async function reconcileAllEvents(desk: EventDesk): Promise<MissingEvent[]> {
  const horizon = await horizonOf(desk.database, desk.consumer, desk.runningMs());
  if (!horizon) throw unavailable('What the broker still delivers');
  const toMs = horizon.getTime();
  const span = { fromMs: toMs - KEPT_MS, toMs };
  const { missing } = await findMissing(desk, span, MAX_RESENT);
  await rememberMissing(desk.database, desk.consumer, missing);
  await resendMissing(desk);
  return missing;
}
