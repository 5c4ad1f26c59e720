import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, cp, lstat, mkdir, readFile, readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { putInPlace, type Maker } from './put-in-place';

const run = promisify(execFile);

const PASSABLE = 0o001;
const OPEN_FOLDER = 0o755;
const READABLE = 0o004;
const WRITABLE_BY_OTHERS = 0o022;
const NAME_LENGTH = 12;
const ROOT_USER = 0;
/** Paths that the server's user reads: under a narrow umask npm unpacks for its user only. */
const READ_BY_SERVER = ['bin', 'bin/initdb', 'lib', 'share'];

/** Parent folder of data that another user must reach; only root can write there. */
const FOR_OTHERS = process.platform === 'darwin' ? '/var/db' : '/var/lib';

/** Where an embedded PostgreSQL lies, and which user runs it. */
export interface PostgresPlace {
  binaries: string;
  data: string;
  user: Maker;
}

/** PostgreSQL refuses to run as root: the user it then runs as, `postgres` or `nobody`. */
export async function unprivilegedUser(): Promise<Maker> {
  if (process.getuid?.() !== ROOT_USER) return {};
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      continue;
    }
  }
  throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody');
}

/** The folder of a server whose user may not enter `directory`. */
export function placeForOthers(directory: string): string {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, NAME_LENGTH);
  return join(FOR_OTHERS, `popug-postgres-${name}`);
}

/**
 * Chooses where binaries and data of a server lie: the npm package and a folder in `directory`.
 * When we are root and the server's user can't reach them (a checkout in root's home, a private
 * data directory), a copy of the binaries and the data go to a folder that only root can make.
 */
export async function reachablePlace(native: string, directory: string): Promise<PostgresPlace> {
  const user = await unprivilegedUser();
  await mkdir(directory, { recursive: true });
  const given = { binaries: native, data: join(directory, 'data'), user };
  if (user.uid === undefined) return given;
  const readable = await Promise.all(READ_BY_SERVER.map((part) => isReadable(join(native, part))));
  const passable = await Promise.all([given.binaries, given.data].map(isPassable));
  if ([...readable, ...passable].every(Boolean)) return given;
  const place = placeForOthers(directory);
  await ownFolder(place);
  return { binaries: await copyOf(native, place), data: join(place, 'data'), user };
}

/** Whether every user may pass through all folders above this path. */
async function isPassable(path: string): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & PASSABLE) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function isReadable(path: string): Promise<boolean> {
  return ((await stat(path)).mode & READABLE) !== 0;
}

/** Makes a folder. An existing one is used only if it is ours and no other user can write to it. */
async function ownFolder(path: string): Promise<void> {
  await mkdir(path, { mode: OPEN_FOLDER }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(path);
  const isOurs = found.isDirectory() && found.uid === process.getuid?.();
  if (!isOurs || (found.mode & WRITABLE_BY_OTHERS) !== 0) {
    throw new Error(`${path} can't be trusted: others may write there. Remove it`);
  }
  await chmod(path, OPEN_FOLDER);
}

/** Copies the binaries to a folder named by version, so that a new version is copied. */
async function copyOf(native: string, place: string): Promise<string> {
  const description = await readFile(join(dirname(native), 'package.json'), 'utf8');
  const { version } = JSON.parse(description) as { version: string };
  const copy = join(place, `native-${version}`);
  if (existsSync(copy)) return copy;
  const older = (await readdir(place)).filter((name) => name.startsWith('native-'));
  await putInPlace(copy, (draft) => copyForOthers(native, draft));
  for (const name of older) await rm(join(place, name), { recursive: true, force: true });
  return copy;
}

/** Copies a folder; every user may read and execute what its owner may. */
export async function copyForOthers(from: string, to: string): Promise<void> {
  // Relative links stay relative: absolute links would point back to a folder closed to others.
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
  await openToAll(to);
}

/** Gives all users the owner's read and execute bits, whatever umask npm unpacked with. */
async function openToAll(folder: string): Promise<void> {
  const inside = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = inside
    .filter((entry) => !entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of [folder, ...paths]) {
    const { mode } = await stat(path);
    // Read and execute bits of the owner, without write.
    const owner = (mode >> 6) & 0o5;
    await chmod(path, (mode & 0o700) | (owner << 3) | owner);
  }
}
