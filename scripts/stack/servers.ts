import { createHash } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { withClient } from '../postgres/client';
import { Databases } from './databases';
import { embeddedPostgresFolder, prepareEmbeddedPostgres } from './embedded-postgres';
import { baseEnvironment } from './environment';
import type { FilledOptions } from './options';
import { LOOPBACK, supportPorts } from './ports';
import { findPostgres } from './postgres';
import type { Processes } from './processes';
import {
  claimRedisDatabase,
  findRedis,
  redisAnswers,
  redisArguments,
  redisServerProgram,
} from './redis';
import type { Secrets } from './secrets';
import { until } from './wait';

const SERVER_READY_MS = 20_000;
const PREFIX_HASH_LENGTH = 6;

/** What the servers of a stack are prepared with. */
export interface ServerContext {
  options: FilledOptions;
  secrets: Secrets;
  processes: Processes;
}

/** Starts or finds PostgreSQL and makes the databases; says whether they were all new. */
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

/** The prefix of a data directory's databases when others use the plain names. */
export function ownPrefix(dataDirectory: string): string {
  const hash = createHash('sha256').update(dataDirectory).digest('hex');
  return `popug_${hash.slice(0, PREFIX_HASH_LENGTH)}_`;
}

async function startPostgres({ options, secrets, processes }: ServerContext): Promise<string> {
  const port = supportPorts(options.portOffset).postgres;
  const directory = embeddedPostgresFolder(options.dataDirectory);
  const embedded = await prepareEmbeddedPostgres(directory, port, secrets);
  await secrets.save();
  const server = processes.add({ name: 'postgres', respawn: true, ...embedded.spec });
  server.start();
  await until({ what: 'the embedded PostgreSQL', timeoutMs: SERVER_READY_MS }, async () => {
    const isUp = await withClient(embedded.url, () => Promise.resolve(true)).catch(() => false);
    if (!isUp && !server.isHopeful) throw new Error(server.lastLines());
    return isUp;
  });
  return embedded.url;
}

/** Starts or finds Redis and answers the url of the logical database to use. */
export async function prepareRedis(context: ServerContext): Promise<string> {
  const { options, secrets } = context;
  const found = options.redis === 'found' ? await findRedis() : undefined;
  if (!found) return startRedis(context);
  const owner = { origin: options.dataDirectory, instance: secrets.instance };
  const url = await claimRedisDatabase(found.url, owner);
  options.report(`Redis: ${found.source}, database ${new URL(url).pathname.slice(1)}`);
  secrets.remember('redis', url);
  return url;
}

async function startRedis({ options, processes }: ServerContext): Promise<string> {
  const command = redisServerProgram();
  if (!command) {
    throw new Error(
      'No Redis found: set REDIS_URL, or install redis-server ' +
        '(apt-get install redis-server, brew install redis)',
    );
  }
  options.report('Redis: one of our own');
  const directory = join(options.dataDirectory, 'redis');
  await mkdir(directory, { recursive: true });
  const port = supportPorts(options.portOffset).redis;
  const args = redisArguments(port, directory);
  const server = processes.add({
    name: 'redis',
    command,
    args,
    cwd: directory,
    env: baseEnvironment(),
    respawn: true,
  });
  server.start();
  const url = `redis://${LOOPBACK}:${port}/0`;
  await until({ what: 'Redis', timeoutMs: SERVER_READY_MS }, () => redisAnswers(url));
  return url;
}
