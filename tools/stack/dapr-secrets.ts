/**
 * Values that the components read from the secret store; names and keys as in the Kubernetes
 * secrets `redis` and `statestore`.
 */
export interface DaprSecrets {
  redis: { host: string; username: string; password: string; database: string; tls: string };
  statestore: { connectionString: string };
}

const REDIS_PORT = '6379';

/** Builds the secrets from the urls of Redis and of the state store's database. */
export function daprSecrets(redisUrl: string, stateStoreUrl: string): DaprSecrets {
  const redis = new URL(redisUrl);
  return {
    redis: {
      host: `${redis.hostname}:${redis.port || REDIS_PORT}`,
      username: decodeURIComponent(redis.username),
      password: decodeURIComponent(redis.password),
      database: redis.pathname.slice(1) || '0',
      tls: String(redis.protocol === 'rediss:'),
    },
    statestore: { connectionString: stateStoreUrl },
  };
}
