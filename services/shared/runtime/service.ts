import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type Koa from 'koa';
import { urlOf, type Database } from '../db/data-source';
import type { Clocks } from '../db/database-clock';
import { DatabaseHealth } from '../db/database-health';
import { UnsuitableServer } from '../db/session-settings';
import { createKoa, sidecarOnly } from '../http/app';
import { BODY_LIMIT, jsonBody } from '../http/body';
import { eventsRoutes, triggerRoutes, type Trigger } from '../http/events-routes';
import { healthRoutes, type Health } from '../http/health-routes';
import type { Route } from '../http/route';
import { mountDocumentRoutes, mountRoutes } from '../http/router';
import { closeServer, listen } from '../http/server';
import type { Deliver } from '../messaging/bulk-delivery';
import { Delivery } from '../messaging/delivery';
import { OutboxRelay } from '../messaging/relay';
import type { Subscription } from '../messaging/subscription';
import { messagingJobs } from '../messaging/upkeep';
import { JobRunner, type Job } from '../work/jobs';
import type { Parts } from './parts';

const DATABASE_CHECK_MS = 1_000;

/** A service as a list of its parts; `runService` starts it. */
export interface ServiceApp {
  parts: Parts;
  routes: readonly Route[];
  /** Brings the outbox relay, the inbox and their jobs. */
  database?: Database;
  /** False for a second program on the same database: the relay of the first one publishes. */
  relaysOutbox?: boolean;
  /** For a program that must not work with a wrong clock: not ready while these disagree. */
  clocks?: Clocks;
  subscriptions?: readonly Subscription[];
  /** Handles the events of a service without a database: transient ones, with no inbox. */
  delivery?: Deliver;
  triggers?: readonly Trigger[];
  jobs?: readonly Job[];
  /** Work that triggers or clients start; stopped together with the jobs. */
  runs?: readonly { stop(): Promise<void> }[];
  /** Further ports, such as the gateway's public one. */
  listeners?: readonly { port: number; handler: (health: Health) => RequestListener }[];
  /** Called in a graceful stop, before the database is closed. */
  close?(): Promise<void>;
}

/** Creates the Koa application behind the sidecar's port. `checkAnswers` is for tests. */
export function koaOf(app: ServiceApp, health: Health, checkAnswers = false): Koa {
  const { parts, database } = app;
  const { logger, metrics, verifier, env } = parts;
  const delivery = database
    ? new Delivery({ consumer: parts.name, database, logger, metrics })
    : app.delivery;
  const events = delivery ? [eventsRoutes(app.subscriptions ?? [], delivery)] : [];
  return createKoa({
    logger,
    metrics,
    middleware: [
      healthRoutes(health),
      sidecarOnly(env.APP_API_TOKEN),
      triggerRoutes(app.triggers ?? []),
      ...events,
      ...mountDocumentRoutes(app.routes, { verifier, logger, checkAnswers }),
      jsonBody(BODY_LIMIT),
      ...mountRoutes(app.routes, { verifier, logger, checkAnswers }),
    ],
  });
}

/** A running service. */
export interface RunningService {
  /** Port of the application, where the sidecar reaches it. */
  port: number;
  /** Finishes running work and closes all connections. */
  stop(): Promise<void>;
}

/**
 * Starts a service; SIGTERM and SIGINT stop it gracefully. A database that is away delays
 * readiness, not the start. Throws `UnsuitableServer` when its settings break what the service
 * relies on.
 */
export async function runService(app: ServiceApp): Promise<RunningService> {
  const { parts, database } = app;
  const { logger, env, sidecar } = parts;
  const databaseHealth = database ? new DatabaseHealth(database, parts.metrics, app.clocks) : null;
  let stopping = false;
  const health: Health = {
    isReady: async () =>
      !stopping &&
      (databaseHealth?.isReady() ?? true) &&
      (!app.clocks || (databaseHealth?.isClockRight() ?? true)) &&
      (await sidecar.isReady()),
    canConsume: () => !stopping && (databaseHealth?.isReady() ?? true),
  };
  const jobs = new JobRunner(logger);
  const relay = database && app.relaysOutbox !== false ? createRelay(parts, database) : null;
  const servers = await Promise.all([
    listen(koaOf(app, health).callback(), env.HOST, env.PORT),
    listen(metricsListener(parts), env.HOST, env.METRICS_PORT),
    ...(app.listeners ?? []).map(({ port, handler }) => listen(handler(health), env.HOST, port)),
  ]);
  if (databaseHealth) {
    const run = (): Promise<void> => databaseHealth.check();
    await run().catch(async (error: unknown) => {
      if (error instanceof UnsuitableServer) {
        await Promise.all(servers.map((server) => closeServer(server)));
        throw error;
      }
      logger.warn({ err: error }, 'the database is not there yet');
    });
    jobs.start({ name: 'check-database', everyMs: DATABASE_CHECK_MS, run });
  }
  relay?.start();
  const own = database && relay ? messagingJobs(database, parts.metrics) : [];
  for (const job of [...own, ...(app.jobs ?? [])]) jobs.start(job);
  const { port } = servers[0]!.address() as AddressInfo;
  logger.info({ port }, 'listening');

  const stop = async (): Promise<void> => {
    if (stopping) return;
    stopping = true;
    logger.info('stopping');
    const work = [jobs, ...(app.runs ?? [])].map((running) => running.stop());
    await Promise.all([...work, ...servers.map((server) => closeServer(server))]);
    await relay?.stop();
    await app.close?.();
    if (database?.isInitialized) await database.destroy();
    await sidecar.close();
    logger.info('stopped');
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop());
  return { port, stop };
}

function createRelay({ name, sidecar, logger, metrics }: Parts, database: Database): OutboxRelay {
  const databaseUrl = urlOf(database);
  return new OutboxRelay({ source: name, databaseUrl, sidecar, logger, metrics });
}

function metricsListener({ metrics }: Parts): RequestListener {
  return (_, response) => {
    void metrics.registry.metrics().then((text) => {
      response.setHeader('content-type', metrics.registry.contentType);
      response.end(text);
    });
  };
}
