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
/** With a narrow umask npm unpacks for its own user alone. */
const READ_BY_SERVER = ['bin', 'bin/initdb', 'lib', 'share'];

/** Where root's servers may keep things that another user must reach: only root can add to it. */
const FOR_OTHERS = process.platform === 'darwin' ? '/var/db' : '/var/lib';

/** Where an embedded PostgreSQL lies, and who runs it. */
export interface PostgresPlace {
  binaries: string;
  data: string;
  user: Maker;
}

/** PostgreSQL refuses to run as root: then it runs as `postgres`, else `nobody`. */
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

/** The place for a server of this directory whose user may not enter the directory. */
export function placeForOthers(directory: string): string {
  const name = createHash('sha256').update(directory).digest('hex').slice(0, NAME_LENGTH);
  return join(FOR_OTHERS, `popug-postgres-${name}`);
}

/**
 * Where binaries and data of a server lie: the package's binaries and a folder in `directory`. When
 * we are root, and the server's user could not get there (a checkout in root's home, a private data
 * directory), a copy of the binaries and the data lie in a folder that only root could make.
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

/** Whether any user may pass through every folder above this path. */
async function isPassable(path: string): Promise<boolean> {
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & PASSABLE) === 0) return false;
    if (folder === dirname(folder)) return true;
  }
}

async function isReadable(path: string): Promise<boolean> {
  return ((await stat(path)).mode & READABLE) !== 0;
}

/** A folder that was there before is trusted only if nobody but us can have put things in. */
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

/** Its name says which package it is of: a newer one is copied anew. */
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

/** Copies a folder so that any user may read and run what its owner may. */
export async function copyForOthers(from: string, to: string): Promise<void> {
  // Links stay as they are, relative: else they would lead back into a folder closed to others.
  await cp(from, to, { recursive: true, verbatimSymlinks: true });
  await openToAll(to);
}

/** Lets everybody read a folder, and enter it, whatever our umask was when npm unpacked it. */
async function openToAll(folder: string): Promise<void> {
  const inside = await readdir(folder, { withFileTypes: true, recursive: true });
  const paths = inside
    .filter((entry) => !entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of [folder, ...paths]) {
    const { mode } = await stat(path);
    // Who may do what for its owner, everybody may, writing apart.
    const owner = (mode >> 6) & 0o5;
    await chmod(path, (mode & 0o700) | (owner << 3) | owner);
  }
}
