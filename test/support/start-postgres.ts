import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withClient } from '../../operations/postgres/client';
import {
  forgetEmbeddedPostgres,
  prepareEmbeddedPostgres,
} from '../../tools/stack/embedded-postgres';
import { Guardian } from '../../tools/stack/guardian';
import { ManagedProcess } from '../../tools/stack/managed-process';
import { isFree } from '../../tools/stack/ports';
import { findPostgres } from '../../tools/stack/postgres';
import { Secrets } from '../../tools/stack/secrets';
import { until } from '../../tools/stack/wait';
import { keepRunning } from './running-postgres';

const FIRST_PORT = 25_432;
const PORTS_TO_TRY = 50;
const START_TIMEOUT_MS = 30_000;
/** When root runs the tests, PostgreSQL runs as another user, who must pass this folder. */
const PASSABLE = 0o711;

async function freePort(): Promise<number> {
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TO_TRY; port += 1) {
    if (await isFree(port)) return port;
  }
  throw new Error(`No free port from ${FIRST_PORT} on for the tests' PostgreSQL`);
}

function isAnswering(url: string): Promise<boolean> {
  return withClient(url, async (client) => (await client.query('SELECT 1')).rowCount === 1).catch(
    () => false,
  );
}

/** Starts a server for this run; its data is removed at the end, so fsync is off. */
async function startOwnServer(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'popug-test-'));
  await chmod(directory, PASSABLE);
  const secrets = await Secrets.open(join(directory, 'secrets.json'));
  const { url, spec } = await prepareEmbeddedPostgres(directory, await freePort(), secrets);
  const guardian = new Guardian();
  const logFile = join(directory, 'postgres.log');
  const args = [...spec.args, '-c', 'fsync=off', '-c', 'full_page_writes=off'];
  const server = new ManagedProcess(
    { ...spec, args, name: 'postgres', logFile, respawn: false },
    guardian,
    (line) => process.stderr.write(`${line}\n`),
  );
  server.start();
  keepRunning(async () => {
    await server.stop();
    guardian.close();
    await forgetEmbeddedPostgres(directory);
  });
  await until({ what: "the tests' PostgreSQL", timeoutMs: START_TIMEOUT_MS }, () =>
    isAnswering(url),
  );
  return url;
}

/**
 * Jest's global setup of tests with a database: sets `TEST_POSTGRES_URL` to a server on this
 * machine, or starts one.
 */
export default async function startPostgres(): Promise<void> {
  if (process.env['TEST_POSTGRES_URL']) return;
  const found = await findPostgres();
  process.env['TEST_POSTGRES_URL'] = found?.url ?? (await startOwnServer());
}
