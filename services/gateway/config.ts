import { z } from 'zod';
import { port, readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

const MAX_PROXIES = 10;

const doorEnv = {
  /** Port for clients; `PORT` is for the sidecar only. */
  PUBLIC_PORT: port,
  /** Number of trusted proxies that append to `X-Forwarded-For`; with 0 the header is ignored. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(MAX_PROXIES).default(0),
  /** Path of the OpenAPI document with the routes; relative to the working directory. */
  OPENAPI_FILE: z.string().default('docs/openapi.json'),
};

/** Reads the environment of the gateway. Throws `ConfigurationError` naming every fault. */
export function readGatewayEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...tokenEnv, ...doorEnv }, environment);
}

export type GatewayEnv = ReturnType<typeof readGatewayEnv>;
