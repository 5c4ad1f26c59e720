import { z } from 'zod';
import { port, readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

const MAX_PROXIES = 10;

const doorEnv = {
  /** Where people come in; `PORT` is for the sidecar only. */
  PUBLIC_PORT: port,
  /** How many proxies in front of us write `X-Forwarded-For`; with none it is not believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(MAX_PROXIES).default(0),
  /** The document that routes are read from; relative to the working directory. */
  OPENAPI_FILE: z.string().default('docs/openapi.json'),
};

/** The environment of the gateway. Throws `ConfigurationError` naming every fault. */
export function readGatewayEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...tokenEnv, ...doorEnv }, environment);
}

export type GatewayEnv = ReturnType<typeof readGatewayEnv>;
