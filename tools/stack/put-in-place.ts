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
/** Age of an abandoned draft, even if another process has reused its maker's id. */
const ABANDONED_MS = 3_600_000;
const FILES_AT_ONCE = 8;
/** Retries of a removal: children of a killed maker may still be writing. */
const REMOVAL_RETRIES = 10;
const DRAFT = '.draft-';

/** The user that makes the thing; default our own. */
export interface Maker {
  uid?: number;
  gid?: number;
}

/** Drafts under way in this process, by target: makers of the same target run one after another. */
const underWay = new Map<string, Promise<unknown>>();

/**
 * Makes a file or folder in a draft folder and moves it to `target` by one atomic rename. Readers
 * see the old content or all of the new, even when this process is killed or the machine loses
 * power; leftover drafts of killed processes are removed. Replacing a folder that is not empty
 * takes two renames: killed between them, `target` is missing and is made again by the next call.
 * `make` receives the draft's path, in a private folder. Calls for the same target run one after
 * another within a process. Throws what `make` throws and leaves `target` as it was.
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

/** Writes a file readable only by its owner, atomically: readers never see a part. */
export async function writePrivate(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: PRIVATE_FOLDER });
  await putInPlace(file, (draft) => writeFile(draft, text, { mode: PRIVATE_FILE, flag: 'wx' }));
}

/** Replaces a file by one rename; a folder that is not empty has to be moved aside first. */
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
 * Process ids are reused, in containers at every start. A draft with our own id is a leftover of
 * another process, since this process makes a target once at a time.
 */
function isLeftover(path: string, pid: number): boolean {
  if (pid === process.pid || !isAlive(pid)) return true;
  const found = lstatSync(path, { throwIfNoEntry: false });
  return found !== undefined && Date.now() - found.mtimeMs > ABANDONED_MS;
}

/** Flushes a file or folder to disk (fsync): its content must be there before the rename. */
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
