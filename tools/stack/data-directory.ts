import {
  accessSync,
  constants,
  existsSync,
  lstatSync,
  readdirSync,
  statSync,
  type Stats,
} from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';

const PRIVATE_FOLDER = 0o700;
const OTHERS = 0o077;
const ROOT_USER = 0;

/** Advice for files of an earlier start that can't be used. */
const RESET_ADVICE = 'npm run reset forgets what earlier starts have kept';

/** Thrown when content of the data directory can't be used; the message says what to do. */
export class Unusable extends Error {
  constructor(what: string, cause?: unknown) {
    super(`${what}\n${RESET_ADVICE}`, { cause });
  }
}

/** Parses a JSON file of an earlier start. Throws `Unusable` when the file is broken. */
export function parsePrepared<T>(file: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Unusable(`${file} can't be read: ${(error as Error).message}`, error);
  }
}

/**
 * Makes a folder private (mode 0700), also an existing one. Throws when another user owns it and
 * could read our secrets, or when something in it can't be written. Root may use every folder.
 */
export async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER });
  const problem = contentProblem(path);
  if (problem) throw new Error(problem);
  if ((statSync(path).mode & OTHERS) !== 0) await chmod(path, PRIVATE_FOLDER);
}

/** What is wrong with a folder of ours; undefined when it is usable or missing. */
export function folderProblem(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  // Symbolic links are allowed: the owner of the link and of its target are checked.
  const goal = statSync(path, { throwIfNoEntry: false });
  if (!goal?.isDirectory()) return `${path} is no folder`;
  const foreign = [found, goal].find(isForeign);
  return foreign && `${path} belongs to another user (${foreign.uid}): chown or remove it`;
}

function isForeign({ uid }: Stats): boolean {
  const self = process.getuid?.();
  return self !== undefined && self !== ROOT_USER && self !== uid;
}

/**
 * Why a folder of ours or one of its direct entries can't be used, for instance because a start as
 * root left files there; undefined when everything is usable.
 */
export function contentProblem(path: string): string | undefined {
  const problem = folderProblem(path);
  if (problem || !existsSync(path)) return problem;
  const closed = [path, ...readdirOrNothing(path)].find((each) => !mayWrite(each));
  return closed && `${closed} can't be read and written by us: chown or remove it`;
}

function readdirOrNothing(path: string): string[] {
  return mayWrite(path) ? readdirSync(path).map((name) => join(path, name)) : [];
}

export function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
