import { Redis } from 'ioredis';
import { ourEnvironment } from './environment';
import { findInPath } from './find-in-path';
import { LOOPBACK } from './ports';

const DEFAULT_PORT = 6379;
const CONNECT_TIMEOUT_MS = 2_000;
const OWNER_KEY = 'popug:owner';

/** A usable Redis, and how it was found. */
export interface FoundRedis {
  url: string;
  source: string;
}

/** Runs `run` with one connection without retries, and closes it. */
export async function withRedis<T>(url: string, run: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url, {
    lazyConnect: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    return await run(redis);
  } finally {
    redis.disconnect();
  }
}

/** Whether a Redis answers PING. */
export async function redisAnswers(url: string): Promise<boolean> {
  try {
    return await withRedis(url, async (redis) => (await redis.ping()) === 'PONG');
  } catch {
    return false;
  }
}

/** Finds REDIS_URL (throws when it does not answer), else a server on the default port. */
export async function findRedis(): Promise<FoundRedis | undefined> {
  const given = ourEnvironment.redisUrl;
  if (given) {
    if (await redisAnswers(given)) return { url: given, source: 'REDIS_URL' };
    throw new Error('REDIS_URL: no answer from there');
  }
  const url = `redis://${LOOPBACK}:${DEFAULT_PORT}`;
  if (await redisAnswers(url)) return { url, source: `the server on port ${DEFAULT_PORT}` };
  return undefined;
}

/** `redis-server` from PATH; undefined when it is not installed. */
export function redisServerProgram(): string | undefined {
  return findInPath('redis-server');
}

/** Warning for a Redis without password. */
export const OPEN_REDIS =
  'WARNING: this Redis takes no password: every process that reaches it can send events in ' +
  'the name of a service, and so make itself administrator. Set requirepass and REDIS_URL';

/** Whether a Redis accepts clients without password, even if its url has one. */
export async function takesNoPassword(url: string): Promise<boolean> {
  const open = new URL(url);
  open.username = '';
  open.password = '';
  return redisAnswers(open.href);
}

/** Settings of a Redis of our own. */
export interface OwnRedis {
  port: number;
  directory: string;
  /** The password of every client. */
  password: string;
}

/** The configuration file of a Redis of our own: append-only file, so a restart loses nothing. */
export function redisConfiguration({ port, directory, password }: OwnRedis): string {
  const settings: Record<string, string> = {
    port: String(port),
    bind: LOOPBACK,
    dir: JSON.stringify(directory),
    requirepass: password,
    appendonly: 'yes',
    save: '""',
    'maxmemory-policy': 'noeviction',
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} ${value}\n`);
  return lines.join('');
}

/** The owner of a logical database. */
export interface RedisOwner {
  /** The data directory: identifies a stack. */
  origin: string;
  /** Changes when the data directory was removed: the streams of the old one are then flushed. */
  instance: string;
}

/**
 * Claims a logical database of Redis, because topics are global within one: the one with this
 * owner's mark, else the first empty one. A database number in the url is used as it is. Throws
 * when all are in use.
 */
export async function claimRedisDatabase(url: string, owner: RedisOwner): Promise<string> {
  const parsed = new URL(url);
  if (parsed.pathname.length > 1) return url;
  const mark = `${owner.origin}#${owner.instance}`;
  return withRedis(url, async (redis) => {
    const count = Number(((await redis.config('GET', 'databases')) as string[])[1]);
    for (let database = 0; database < count; database += 1) {
      await redis.select(database);
      const present = await redis.get(OWNER_KEY);
      const isOurs = present?.startsWith(`${owner.origin}#`);
      if (isOurs && present !== mark) await redis.flushdb();
      const isEmpty = (await redis.dbsize()) === 0;
      if (isEmpty) await redis.set(OWNER_KEY, mark, 'NX');
      if ((await redis.get(OWNER_KEY)) === mark) {
        parsed.pathname = `/${database}`;
        return parsed.href;
      }
    }
    throw new Error(`All ${count} databases of Redis are in use: give one by REDIS_URL=…/<number>`);
  });
}

/** Flushes the logical database that carries this owner's mark. */
export async function forgetRedisDatabase(url: string, owner: RedisOwner): Promise<void> {
  await withRedis(url, async (redis) => {
    const present = await redis.get(OWNER_KEY);
    if (present?.startsWith(`${owner.origin}#`)) await redis.flushdb();
  });
}
