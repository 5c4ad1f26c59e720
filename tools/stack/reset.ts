/** `npm run reset`: removes everything that `npm start` has stored. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '../../services/shared/runtime/run-program';
import { Unusable } from './data-directory';
import { Databases } from './databases';
import { embeddedPostgresFolder, forgetEmbeddedPostgres } from './embedded-postgres';
import { DATA_DIRECTORY } from './folders';
import { findPostgres } from './postgres';
import { forgetRedisDatabase, redisAnswers } from './redis';
import { findRunningStack, runningFile } from './running';
import { Secrets } from './secrets';
import { ownPrefix } from './servers';

async function dropDatabases(secrets: Secrets): Promise<void> {
  const postgres = await findPostgres();
  if (!postgres) return;
  for (const prefix of ['', ownPrefix(DATA_DIRECTORY)]) {
    const databases = new Databases(postgres.url, prefix, secrets, DATA_DIRECTORY);
    if ((await databases.ownership()) !== 'ours') continue;
    await databases.drop();
    process.stdout.write(`Dropped the databases ${prefix}…\n`);
  }
}

async function forgetEvents(secrets: Secrets): Promise<void> {
  const url = secrets.recall('redis');
  if (!url || !(await redisAnswers(url))) return;
  await forgetRedisDatabase(url, { origin: DATA_DIRECTORY, instance: secrets.instance });
  process.stdout.write('Forgot the events in Redis\n');
}

/** Reads a file; removes it and reads again (as missing) when its content is broken. */
async function unlessBroken<T>(file: string, read: () => T | Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof Unusable)) throw error;
    process.stdout.write(`Removed ${file}: it can't be read\n`);
    await rm(file);
    return read();
  }
}

async function main(): Promise<void> {
  const running = await unlessBroken(runningFile(), () => findRunningStack());
  if (running) throw new Error('The product is running: stop it first');
  const secretsFile = join(DATA_DIRECTORY, 'secrets.json');
  const secrets = await unlessBroken(secretsFile, () => Secrets.open(secretsFile));
  await dropDatabases(secrets);
  await forgetEvents(secrets);
  await forgetEmbeddedPostgres(embeddedPostgresFolder(DATA_DIRECTORY));
  await rm(DATA_DIRECTORY, { recursive: true, force: true });
  process.stdout.write(`Removed ${DATA_DIRECTORY}\n`);
}

runProgram(main);
