import type { ServiceEnv, TokenEnv } from '../config/env';
import { jwks } from '../contracts/calls/auth';
import { call } from '../dapr/invoke';
import { Sidecar } from '../dapr/sidecar';
import { KeySet, TokenVerifier, type PublicJwk } from '../http/access-token';
import { createLogger, type Logger } from '../observability/logger';
import { createMetrics, type Metrics } from '../observability/metrics';

/** Parts of every service besides its own code. */
export interface Parts {
  name: string;
  env: ServiceEnv & TokenEnv;
  logger: Logger;
  metrics: Metrics;
  sidecar: Sidecar;
  verifier: TokenVerifier;
}

/** Creates the parts of a service; opens no connection. */
export function createParts(name: string, env: ServiceEnv & TokenEnv): Parts {
  const sidecar = new Sidecar({ port: env.DAPR_HTTP_PORT, token: env.DAPR_API_TOKEN });
  const keys = new KeySet(async () => {
    const answer = await call(sidecar, jwks, { body: {} });
    return answer.keys as PublicJwk[];
  });
  return {
    name,
    env,
    logger: createLogger(name, env.LOG_LEVEL),
    metrics: createMetrics(name),
    sidecar,
    verifier: new TokenVerifier(keys, env.TOKEN_ISSUER),
  };
}
