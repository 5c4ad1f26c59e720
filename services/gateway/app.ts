import type { RequestListener } from 'node:http';
import { createKoa } from '../shared/http/app';
import { healthRoutes, type Health } from '../shared/http/health-routes';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { admit } from './admission';
import type { GatewayEnv } from './config';
import { operationsOf, readOpenApi } from './open-api';
import { OperationTable } from './operation-table';
import { proxy } from './proxy';
import { RateLimits } from './rate-limits';
import { securityHeaders } from './security-headers';
import { TokenCache } from './token-cache';
import { Upstream } from './upstream';

/** The application behind the public port. */
function publicHandler(env: GatewayEnv, parts: Parts, health: Health): RequestListener {
  const { logger, metrics, sidecar, verifier } = parts;
  const document = readOpenApi(env.OPENAPI_FILE);
  const operations = new OperationTable(operationsOf(document));
  const koa = createKoa({
    logger,
    metrics,
    middleware: [
      securityHeaders(),
      admit({ operations, tokens: new TokenCache(verifier), limits: new RateLimits(), sidecar }),
      proxy(new Upstream(sidecar, logger)),
      healthRoutes(health),
    ],
  });
  koa.proxy = env.TRUSTED_PROXIES > 0;
  koa.maxIpsCount = env.TRUSTED_PROXIES;
  const handle = koa.callback();
  return (request, response) => {
    // Ids of requests are ours: a client could otherwise pass its request off as another one.
    delete request.headers['x-request-id'];
    void handle(request, response);
  };
}

/** The gateway: its table of contents. It has two ports; the sidecar's serves health only. */
export function createGateway(
  env: GatewayEnv,
  parts: Parts = createParts('gateway', env),
): ServiceApp {
  return {
    parts,
    routes: [],
    listeners: [{ port: env.PUBLIC_PORT, handler: (health) => publicHandler(env, parts, health) }],
  };
}
