import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { withClient } from '../../operations/postgres/client';
import { Unusable, privateFolder } from './data-directory';
import { Databases } from './databases';
import { embeddedPostgresFolder, prepareEmbeddedPostgres } from './embedded-postgres';
import { baseEnvironment } from './environment';
import type { ManagedProcess } from './managed-process';
import type { FilledOptions } from './options';
import { LOOPBACK, claimPorts, supportPorts, type PortClaim } from './ports';
import { findPostgres } from './postgres';
import type { Processes } from './processes';
import { writePrivate } from './put-in-place';
import {
  OPEN_REDIS,
  claimRedisDatabase,
  findRedis,
  redisAnswers,
  redisConfiguration,
  redisServerProgram,
  takesNoPassword,
} from './redis';
import type { Secrets } from './secrets';
import { WaitedInVain, until } from './wait';

const SERVER_READY_MS = 20_000;
const PREFIX_HASH_LENGTH = 6;
/** PostgreSQL error code `invalid_password`. */
const WRONG_PASSWORD = '28P01';

export interface ServerContext {
  options: FilledOptions;
  secrets: Secrets;
  processes: Processes;
}

/** Starts or finds PostgreSQL and creates the databases; `isFresh`: none of them existed before. */
export async function preparePostgres(
  context: ServerContext,
): Promise<{ databases: Databases; isFresh: boolean }> {
  const { options, secrets } = context;
  const found = options.postgres === 'found' ? await findPostgres() : undefined;
  options.report(`PostgreSQL: ${found?.source ?? 'an embedded one'}`);
  const adminUrl = found?.url ?? (await startPostgres(context));
  const databases = await chooseDatabases(adminUrl, context);
  const isFresh = await databases.create();
  if (databases.prefix) options.report(`databases are named ${databases.prefix}…`);
  secrets.remember('databasePrefix', databases.prefix);
  return { databases, isFresh };
}

async function chooseDatabases(adminUrl: string, context: ServerContext): Promise<Databases> {
  const { dataDirectory, databasePrefix } = context.options;
  const named = (prefix: string): Databases =>
    new Databases(adminUrl, prefix, context.secrets, dataDirectory);
  if (databasePrefix !== undefined) return named(databasePrefix);
  const plain = named('');
  if ((await plain.ownership()) !== 'foreign') return plain;
  return named(ownPrefix(dataDirectory));
}

/** The prefix of a data directory's databases when another one owns the plain names. */
export function ownPrefix(dataDirectory: string): string {
  const hash = createHash('sha256').update(dataDirectory).digest('hex');
  return `popug_${hash.slice(0, PREFIX_HASH_LENGTH)}_`;
}

async function startPostgres({ options, secrets, processes }: ServerContext): Promise<string> {
  const port = supportPorts(options.portOffset).postgres;
  const directory = embeddedPostgresFolder(options.dataDirectory);
  const embedded = await prepareEmbeddedPostgres(directory, port, secrets);
  const server = processes.add({ name: 'postgres', respawn: 'later', ...embedded.spec });
  const isUp = (): Promise<boolean> =>
    withClient(embedded.url, () => Promise.resolve(true)).catch((error: { code?: string }) => {
      if (error.code === WRONG_PASSWORD) {
        throw new Unusable(`The data of PostgreSQL in ${directory} was made with another password`);
      }
      return false;
    });
  await startServer(server, { port, owner: 'PostgreSQL' }, options, isUp);
  return embedded.url;
}

/**
 * Starts a server of our own and waits until it answers. Throws with the end of its log when it
 * ends first; only a server that has answered once is restarted automatically.
 */
async function startServer(
  server: ManagedProcess,
  claim: PortClaim,
  options: FilledOptions,
  isUp: () => Promise<boolean>,
): Promise<void> {
  await claimPorts([claim], options.report);
  server.start();
  const what = `${claim.owner} of our own`;
  const wait = { what, timeoutMs: SERVER_READY_MS, signal: options.signal };
  try {
    await until(wait, async () => {
      const isRunning = server.isHopeful;
      if (isRunning) return isUp();
      throw new Unusable(`${what} ended:\n${server.lastLines()}`);
    });
  } catch (error) {
    if (options.signal?.aborted || !(error instanceof WaitedInVain)) throw error;
    throw new Unusable(`${error.message}:\n${server.lastLines()}`, error);
  }
  server.supervise();
}

/** Starts or finds Redis and returns the url of the logical database to use. */
export async function prepareRedis(context: ServerContext): Promise<string> {
  const { options, secrets } = context;
  const found = options.redis === 'found' ? await findRedis() : undefined;
  if (!found) return startRedis(context);
  const owner = { origin: options.dataDirectory, instance: secrets.instance };
  const url = await claimRedisDatabase(found.url, owner);
  options.report(`Redis: ${found.source}, database ${new URL(url).pathname.slice(1)}`);
  if (await takesNoPassword(found.url)) options.report(OPEN_REDIS);
  secrets.remember('redis', url);
  return url;
}

async function startRedis({ options, secrets, processes }: ServerContext): Promise<string> {
  const command = redisServerProgram();
  if (!command) {
    throw new Error(
      'No Redis found: set REDIS_URL, or install redis-server ' +
        '(apt-get install redis-server, brew install redis)',
    );
  }
  options.report('Redis: one of our own');
  const directory = join(options.dataDirectory, 'redis');
  await privateFolder(directory);
  const port = supportPorts(options.portOffset).redis;
  const password = secrets.get('redis-password');
  await secrets.save();
  // The password goes into a file: every process of the machine can see command-line arguments.
  const configuration = join(directory, 'redis.conf');
  await writePrivate(configuration, redisConfiguration({ port, directory, password }));
  const server = processes.add({
    name: 'redis',
    command,
    args: [configuration],
    cwd: directory,
    env: baseEnvironment(),
    respawn: 'later',
  });
  const url = `redis://:${password}@${LOOPBACK}:${port}/0`;
  await startServer(server, { port, owner: 'Redis' }, options, () => redisAnswers(url));
  return url;
}
