import type { RequestListener } from 'node:http';
import { constants } from 'node:zlib';
import compression, { type CompressionFilter } from 'compression';
import type { Middleware } from 'koa';
import type { Method } from '../shared/contracts/call';
import { StateStore } from '../shared/dapr/state';
import { createKoa } from '../shared/http/app';
import { BODY_LIMIT, jsonBody } from '../shared/http/body';
import { healthRoutes, type Health } from '../shared/http/health-routes';
import { PREFIX_HEADER } from '../shared/http/problems';
import type { Route } from '../shared/http/route';
import { knownMethodsOnly, mountRoutes } from '../shared/http/router';
import { securityHeaders } from '../shared/http/security-headers';
import { createParts, type Parts } from '../shared/runtime/parts';
import type { ServiceApp } from '../shared/runtime/service';
import { apiDocument } from './api/api-document';
import { isLogin, operationsOf, readOpenApi } from './api/open-api';
import { OperationTable } from './api/operation-table';
import { Upstream } from './clients/upstream';
import type { GatewayEnv } from './config';
import { HintDelivery } from './live/hint-delivery';
import { LiveStreams } from './live/live-streams';
import { liveRoutes, peerRoutes } from './live/live.routes';
import { Peers } from './live/peers';
import { admit, admittedOnly } from './proxy/admission';
import { Idempotency } from './proxy/idempotency';
import { proxy } from './proxy/proxy';
import { RateLimits } from './proxy/rate-limits';
import { singleHeadersOnly } from './proxy/single-headers';
import { observed, reconciled } from './policies';
import { operationsRoutes } from './routes/operations.routes';
import { settingsRoutes } from './routes/settings.routes';
import { sessionRoutes } from './sessions/session.routes';
import { Sessions } from './sessions/sessions';
import { TokenCache } from './sessions/token-cache';
import { webApp } from './web/web-app';

/** Parts of the gateway, in addition to the parts of every service. */
interface GatewayParts extends Parts {
  upstream: Upstream;
  store: StateStore;
  sessions: Sessions;
  limits: RateLimits;
  streams: LiveStreams;
}

function gatewayParts(parts: Parts, limits = new RateLimits()): GatewayParts {
  const upstream = new Upstream(parts.sidecar, parts.logger);
  const store = new StateStore(parts.sidecar);
  const sessions = new Sessions(store, upstream, parts.logger);
  const streams = new LiveStreams(parts.metrics.registry);
  return { ...parts, upstream, store, sessions, limits, streams };
}

/** Returns the routes of the public port. */
function publicRoutes(env: GatewayEnv, parts: GatewayParts): Route[] {
  return [
    ...sessionRoutes(parts),
    ...settingsRoutes(env),
    ...liveRoutes(parts.streams),
    ...operationsRoutes({ sidecar: parts.sidecar, observed, reconciled }),
  ];
}

/** Builds the routes that the gateway answers itself, on the public port. */
export function gatewayRoutes(
  env: GatewayEnv,
  parts: Parts = createParts('gateway', env),
): Route[] {
  return publicRoutes(env, gatewayParts(parts));
}

type Asked = Parameters<CompressionFilter>[0];
type Answered = Parameters<CompressionFilter>[1];

/** Smaller answers fit into one packet anyway. */
const COMPRESSED_FROM_BYTES = 1_024;

/**
 * Compresses what is compressible by its type, except tokens: the size of a compressed answer tells
 * about secrets beside text that an attacker chooses. Answers with an ETag say `no-transform`.
 */
const isCompressed: CompressionFilter = (request, response) => {
  const [path = ''] = request.url.split('?');
  return !isLogin(request.method as Method, path) && compression.filter(request, response);
};

/** Builds the request handler of the public port. */
function publicHandler(env: GatewayEnv, parts: GatewayParts, health: Health): RequestListener {
  const { logger, metrics, sidecar, verifier, sessions, upstream, limits } = parts;
  const document = readOpenApi(env.OPENAPI_FILE);
  const operations = new OperationTable(operationsOf(document));
  const tokens = new TokenCache(verifier);
  const koa = createKoa({
    logger,
    metrics,
    middleware: [
      securityHeaders(),
      singleHeadersOnly,
      admit({ operations, tokens, sessions, limits, sidecar }),
      proxy(upstream, new Idempotency(parts.store, logger)),
      healthRoutes(health),
      apiDocument(document).routes() as Middleware,
      ...(env.WEB_DIRECTORY === null ? [] : [webApp(env.WEB_DIRECTORY).routes() as Middleware]),
      knownMethodsOnly,
      admittedOnly,
      jsonBody(BODY_LIMIT),
      ...mountRoutes(publicRoutes(env, parts), { verifier, logger }),
    ],
  });
  koa.proxy = env.TRUSTED_PROXIES > 0;
  koa.maxIpsCount = env.TRUSTED_PROXIES;
  const handle = koa.callback();
  const compress = compression({
    threshold: COMPRESSED_FROM_BYTES,
    filter: isCompressed,
    // A part of a streamed answer is passed on at once.
    flush: constants.Z_SYNC_FLUSH,
  });
  return (request, response) => {
    // Request ids are set by the gateway: a client must not choose the id of another request.
    delete request.headers['x-request-id'];
    delete request.headers[PREFIX_HEADER];
    compress(request as Asked, response as Answered, () => void handle(request, response));
  };
}

/**
 * Composes the gateway; opens no connection. The gateway has two ports: the public one, and one for
 * the sidecar and for other replicas, with health checks and live hints only.
 */
export function createGateway(
  env: GatewayEnv,
  parts: Parts = createParts('gateway', env),
  limits?: RateLimits,
): ServiceApp {
  const all = gatewayParts(parts, limits);
  const handler = (health: Health): RequestListener => publicHandler(env, all, health);
  const { logger, streams } = all;
  const peers = new Peers({ names: env.PEERS, token: env.APP_API_TOKEN, logger });
  const delivery = new HintDelivery(streams, peers, logger);
  return {
    parts,
    routes: peerRoutes(delivery),
    subscriptions: [{ topic: 'hints', handlers: [] }],
    delivery,
    listeners: [{ port: env.PUBLIC_PORT, handler }],
    runs: [streams],
    async close() {
      await all.sessions.close();
      await peers.close();
    },
  };
}
