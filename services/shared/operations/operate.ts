import type { ReconciliationResult } from '../contracts/calls/operations';
import type { Topic } from '../contracts/event';
import type { Database } from '../db/data-source';
import type { Route } from '../http/route';
import type { Producer } from '../messaging/find-missing';
import { reconcileAllEvents, type EventDesk } from '../messaging/reconcile-events';
import { reconcileEventsJob } from '../messaging/reconcile-events.job';
import { EVENTS, eventReconciliation } from '../messaging/reconciliation-state';
import type { Subscription } from '../messaging/subscription';
import type { Parts } from '../runtime/parts';
import type { Job } from '../work/jobs';
import { compareLetters } from '../work/letters/compare-letters';
import { auditLogRoutes } from './audit-log.routes';
import { deadLettersRoutes } from './dead-letters.routes';
import { lettersRoutes } from './letters.routes';
import { publishedEventsRoutes } from './published-events.routes';
import { lastResults, runReconciliationsJob, type Check } from './reconciliations';
import { reconciliationsRoutes } from './reconciliations.routes';
import type { StatusSources } from './status';
import { statusRoutes } from './status.routes';

/** What operating a service with a database needs; its policies say the same. */
export interface Operated {
  parts: Parts;
  database: Database;
  /** Subscriptions of a service with tables for messages; empty when it only publishes. */
  subscriptions?: readonly Subscription[];
  /** Services that publish to the subscribed topics. */
  producers?: readonly { app: string; topics: readonly Topic[] }[];
  /** Services that subscribe to topics of this one. */
  consumers?: readonly string[];
  /** The service has a queue of letters; `wake` starts their sending. */
  letters?: { wake?(): void };
  /** Comparisons with neighbours besides that of events. */
  checks?: readonly Check[];
  status?: Pick<StatusSources, 'invariants' | 'payouts' | 'bankTransfers'>;
}

/** Returns the producers with the types of them that the subscriptions handle. */
function handledOf({ producers = [], subscriptions = [] }: Operated): Producer[] {
  return producers.map(({ app, topics }) => ({
    app,
    types: subscriptions
      .filter(({ topic }) => topics.includes(topic))
      .flatMap(({ handlers }) => handlers.map(({ contract }) => contract.type)),
  }));
}

function eventDesk(operated: Operated): EventDesk | null {
  const producers = handledOf(operated);
  if (producers.length === 0) return null;
  const { parts, database } = operated;
  const startedAt = performance.now();
  return {
    consumer: parts.name,
    database,
    sidecar: parts.sidecar,
    logger: parts.logger,
    producers,
    runningMs: () => performance.now() - startedAt,
  };
}

/** Returns the routes and jobs by which operators look after a service. */
export function operate(operated: Operated): { routes: Route[]; jobs: Job[] } {
  const { parts, database, subscriptions, consumers = [], letters, status = {} } = operated;
  const { name, metrics } = parts;
  const desk = eventDesk(operated);
  const letterCheck: Check = {
    name: 'letters',
    run: () => compareLetters(database, parts.sidecar),
  };
  const checks: Check[] = [
    ...(desk ? [eventCheck(desk)] : []),
    ...(letters ? [letterCheck] : []),
    ...(operated.checks ?? []),
  ];
  const sources: StatusSources = {
    service: name,
    database,
    hasMessages: subscriptions !== undefined,
    hasLetters: letters !== undefined,
    ...status,
    reconciliations: async () => [
      ...(desk ? [await eventsOf(desk)] : []),
      ...(checks.length > 0 ? await lastResults(database) : []).filter(
        (result) => result.name !== EVENTS,
      ),
    ],
  };
  return {
    routes: [
      ...(subscriptions ? deadLettersRoutes(parts, database, subscriptions) : []),
      ...auditLogRoutes(parts, database),
      ...(letters ? lettersRoutes(parts, database, letters.wake) : []),
      ...statusRoutes(sources),
      ...(checks.length > 0 ? reconciliationsRoutes(name, database) : []),
      ...(consumers.length > 0 ? publishedEventsRoutes(database, consumers) : []),
    ],
    jobs: [
      ...(desk ? [reconcileEventsJob(desk, metrics)] : []),
      ...(checks.length > 0 ? [runReconciliationsJob(database, parts, checks)] : []),
    ],
  };
}

async function eventsOf({ database, consumer }: EventDesk): Promise<ReconciliationResult> {
  const { found: _, ...result } = await eventReconciliation(database, consumer);
  return result;
}

function eventCheck(desk: EventDesk): Check {
  return {
    name: EVENTS,
    run: async () => (await reconcileAllEvents(desk)).map(({ id }) => id),
  };
}
