import { z } from 'zod';
import { port, readEnv, serviceEnv, tokenEnv } from '../shared/config/env';

const MAX_PROXIES = 10;

const gatewayEnv = {
  ...serviceEnv,
  ...tokenEnv,
  /** Where people come in; `PORT` is for the sidecar only. */
  PUBLIC_PORT: port,
  /** How many proxies in front of us write `X-Forwarded-For`; with none it is not believed. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(MAX_PROXIES).default(0),
  /** The document that routes are read from; relative to the working directory. */
  OPENAPI_FILE: z.string().default('docs/openapi.json'),
};
export type GatewayEnv = z.infer<z.ZodObject<typeof gatewayEnv>>;

/** The gateway's environment. Throws `ConfigurationError` naming every fault. */
export function readGatewayEnv(environment?: Record<string, string | undefined>): GatewayEnv {
  return readEnv(gatewayEnv, environment);
}
