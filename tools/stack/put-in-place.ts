import { lstatSync } from 'node:fs';
import {
  chown,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  rename,
  rm,
  writeFile,
} from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { inFlight } from '../../services/shared/work/in-flight';
import { isAlive } from './is-alive';

const PRIVATE_FOLDER = 0o700;
const PRIVATE_FILE = 0o600;
/** Nothing takes that long to make: what is older was left behind, whoever has its maker's id. */
const ABANDONED_MS = 3_600_000;
const FILES_AT_ONCE = 8;
/** What made an abandoned folder may still be at it for a moment. */
const REMOVAL_RETRIES = 10;
const DRAFT = '.draft-';

/** The user that must be able to make the thing, when it is not us. */
export interface Maker {
  uid?: number;
  gid?: number;
}

/** What this process is making, by target: the next of the same target waits for its end. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Makes a file or a folder aside and puts it in place by one rename. Whoever looks at `target` sees
 * what was there before, or all of the new one, never a part, whenever this process is killed or
 * the machine loses power; what killed tries left aside is removed. Only where a folder replaces
 * one that holds something there are two renames: killed between them, `target` is missing, and is
 * made again. `make` gets the path at which it must leave the thing, in a folder of its own that
 * nobody else can have made. One target is made once at a time in this process.
 * Throws what `make` throws, and then leaves `target` as it was.
 */
export async function putInPlace(
  target: string,
  make: (draft: string) => Promise<unknown>,
  maker: Maker = {},
): Promise<void> {
  const before = underWay.get(target) ?? Promise.resolve();
  const made = before.then(() => makeAndReplace(target, make, maker));
  const ended = Promise.allSettled([made]);
  underWay.set(target, ended);
  await made.finally(() => {
    if (underWay.get(target) === ended) underWay.delete(target);
  });
}

async function makeAndReplace(
  target: string,
  make: (draft: string) => Promise<unknown>,
  maker: Maker,
): Promise<void> {
  const folder = dirname(target);
  await mkdir(folder, { recursive: true });
  await removeLeftovers(target);
  const aside = await mkdtemp(`${target}${DRAFT}${process.pid}-`);
  try {
    if (maker.uid !== undefined) await chown(aside, maker.uid, maker.gid ?? maker.uid);
    const draft = join(aside, basename(target));
    await make(draft);
    await flush(draft);
    await replace(target, draft, join(aside, 'replaced'));
    await flushOne(folder);
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
}

/** Writes a file readable by its owner only; readers see the old or the new one, never a part. */
export async function writePrivate(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: PRIVATE_FOLDER });
  await putInPlace(file, (draft) => writeFile(draft, text, { mode: PRIVATE_FILE, flag: 'wx' }));
}

/** A file is replaced at once; a folder that holds something has to step aside first. */
async function replace(target: string, draft: string, replaced: string): Promise<void> {
  try {
    await rename(draft, target);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== 'ENOTEMPTY' && code !== 'EEXIST') throw error;
    await rename(target, replaced);
    await rename(draft, target);
  }
}

async function removeLeftovers(target: string): Promise<void> {
  const folder = dirname(target);
  const beginning = basename(target) + DRAFT;
  const names = (await readdir(folder)).filter((name) => name.startsWith(beginning));
  for (const name of names) {
    const path = join(folder, name);
    const pid = Number(name.slice(beginning.length).split('-')[0]);
    if (!isLeftover(path, pid)) continue;
    await rm(path, { recursive: true, force: true, maxRetries: REMOVAL_RETRIES });
  }
}

/**
 * Ids of processes come again, in containers at every start: a draft with our own was left behind
 * by another process, since ours makes one target once at a time.
 */
function isLeftover(path: string, pid: number): boolean {
  if (pid === process.pid || !isAlive(pid)) return true;
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS;
}

/** Brings a file, or all of a folder, to the disk: a rename must not get there before it. */
async function flush(path: string): Promise<void> {
  if (!(await lstat(path)).isDirectory()) return flushOne(path);
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const inside = entries
    .filter((entry) => entry.isFile() || entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name));
  const next = (): Promise<string | null> => Promise.resolve(inside.pop() ?? null);
  await inFlight(FILES_AT_ONCE, next, flushOne);
  await flushOne(path);
}

async function flushOne(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
