import { z } from 'zod';
import { port, readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

const MAX_PROXIES = 10;
const MAX_PEERS = 20;
const PEER = /^[\w.-]+:\d{1,5}$/;

const doorEnv = {
  /** Port for clients; `PORT` is for the sidecar only. */
  PUBLIC_PORT: port,
  /** Number of trusted proxies that append to `X-Forwarded-For`; with 0 the header is ignored. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(MAX_PROXIES).default(0),
  /** Path of the OpenAPI document with the routes; relative to the working directory. */
  OPENAPI_FILE: z.string().default('docs/openapi.json'),
  /**
   * `host:port` of the replicas' ports for the sidecar, separated by commas: live hints are handed
   * on to all of them. A host name stands for all of its addresses.
   */
  PEERS: z
    .string()
    .transform((list) => list.split(',').filter((name) => name !== ''))
    .pipe(z.array(z.string().regex(PEER, 'must be host:port')).max(MAX_PEERS))
    .default([]),
};

/** Reads the environment of the gateway. Throws `ConfigurationError` naming every fault. */
export function readGatewayEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...tokenEnv, ...doorEnv }, environment);
}

export type GatewayEnv = ReturnType<typeof readGatewayEnv>;
