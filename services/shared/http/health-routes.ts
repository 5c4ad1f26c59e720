import type { Middleware } from 'koa';
import { exactRouter } from './router';

/** What the probes ask. Each answers at once from what was last seen. */
export interface Health {
  /** May requests come? Sidecar, database and schema are there, and we are not stopping. */
  isReady(): Promise<boolean>;
  /** Can events be handled now? Not without our tables, nor with the database away for seconds. */
  canConsume(): boolean;
}

const OK = 200;
const UNAVAILABLE = 503;

/** `/health/live`, `/health/ready`, and `/health/consuming` for Dapr's app health check. */
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
