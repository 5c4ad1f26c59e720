import type { Middleware } from 'koa';
import { exactRouter } from './router';

/** State for the health probes. They don't ask the database: its last check counts. */
export interface Health {
  /**
   * Returns whether requests may come: sidecar, database, schema and clocks are right, and the
   * service is not stopping.
   */
  isReady(): Promise<boolean>;
  /**
   * Returns whether events may be handled: the schema is there, the database was not away for
   * seconds, and the service is not stopping.
   */
  canConsume(): boolean;
}

const OK = 200;
const UNAVAILABLE = 503;

/** Returns `/health/live`, `/health/ready`, and `/health/consuming` for Dapr's app health check. */
export function healthRoutes(health: Health): Middleware {
  const router = exactRouter();
  const answer = (isGood: boolean): { status: number; body: object } => ({
    status: isGood ? OK : UNAVAILABLE,
    body: { status: isGood ? 'ok' : 'unavailable' },
  });
  router.get('/health/live', (ctx) => void Object.assign(ctx, answer(true)));
  router.get('/health/ready', async (ctx) => {
    Object.assign(ctx, answer(await health.isReady()));
  });
  router.get('/health/consuming', (ctx) => void Object.assign(ctx, answer(health.canConsume())));
  return router.routes() as Middleware;
}
