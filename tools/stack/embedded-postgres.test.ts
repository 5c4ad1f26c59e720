import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client } from 'pg';
import { withClient } from '../../operations/postgres/client';
import { forgetEmbeddedPostgres, prepareEmbeddedPostgres } from './embedded-postgres';
import { ROOT } from './folders';
import { Guardian } from './guardian';
import { ManagedProcess } from './managed-process';
import { isFree } from './ports';
import { placeForOthers } from './postgres-place';
import { Secrets } from './secrets';
import { until } from './wait';

const SEEN_MS = 60_000;
const FIRST_PORT = 26_432;
const KILLS = 6;
/** About as many files as a new cluster has. */
const FILES_OF_A_CLUSTER = 900;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'popug-cluster-'));
});
afterEach(async () => {
  await forgetEmbeddedPostgres(folder);
  await rm(folder, { recursive: true, force: true });
});

const PREPARE = `
const { prepareEmbeddedPostgres } = require('./tools/stack/embedded-postgres.ts');
const { Secrets } = require('./tools/stack/secrets.ts');
const folder = process.env.FOLDER;
Secrets.open(folder + '/secrets.json').then((secrets) =>
  prepareEmbeddedPostgres(folder, ${FIRST_PORT}, secrets));`;

/** Progress of initdb: number of cluster files, in either place. */
async function filesMade(): Promise<number> {
  const places = [folder, placeForOthers(folder)].map(async (place) => {
    const files = await readdir(place, { recursive: true }).catch(() => []);
    return files.filter((file) => /data/.test(file)).length;
  });
  const [here, there] = await Promise.all(places);
  return here! + there!;
}

/** Kills a first start when about `count` files of its cluster exist. */
async function killAt(count: number): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', '-e', PREPARE], {
    cwd: ROOT,
    env: { ...process.env, FOLDER: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  await until({ what: `${count} files of a cluster`, timeoutMs: SEEN_MS }, async () => {
    return child.exitCode !== null || (await filesMade()) >= count;
  });
  child.kill('SIGKILL');
  await ended;
}

async function freePort(): Promise<number> {
  for (let port = FIRST_PORT; ; port += 1) if (await isFree(port)) return port;
}

it('starts with its own password after starts that were killed while the cluster was made', async () => {
  for (let kill = 0; kill < KILLS; kill += 1) {
    await killAt(Math.ceil(Math.random() * FILES_OF_A_CLUSTER));
  }
  const secrets = await Secrets.open(join(folder, 'secrets.json'));
  const { url, spec } = await prepareEmbeddedPostgres(folder, await freePort(), secrets);
  const guardian = new Guardian();
  const logFile = join(folder, 'postgres.log');
  const server = new ManagedProcess(
    { ...spec, name: 'postgres', logFile, respawn: false },
    guardian,
    () => undefined,
  );
  server.start();
  try {
    const asked = async (client: Client): Promise<boolean> =>
      (await client.query('SHOW server_version')).rows.length === 1;
    await until({ what: server.spec.command, timeoutMs: SEEN_MS }, () => {
      if (!server.isHopeful) throw new Error(server.lastLines());
      return withClient(url, asked).catch(() => false);
    });
  } finally {
    await server.stop();
    guardian.close();
  }
  const left = [folder, placeForOthers(folder)].map((place) => readdir(place).catch(() => []));
  expect((await Promise.all(left)).flat().filter((name) => /\.draft-/.test(name))).toEqual([]);
});
