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

/** What helps when something that an earlier start has left can't be used. */
const RESET_ADVICE = 'npm run reset forgets what earlier starts have kept';

/** What lies in the data directory is of no use; the message ends in what to do. */
export class Unusable extends Error {
  constructor(what: string, cause?: unknown) {
    super(`${what}\n${RESET_ADVICE}`, { cause });
  }
}

/** Reads a file that an earlier start has written. Throws, with what to do, when it is broken. */
export function parsePrepared<T>(file: string, text: string): T {
  try {
    return JSON.parse(text) as T;
  } catch (error) {
    throw new Unusable(`${file} can't be read: ${(error as Error).message}`, error);
  }
}

/**
 * Makes a folder for what nobody else may see, or closes one that is there to others. Throws when
 * it is somebody else's, who could then read what we put in; root may use everybody's.
 */
export async function privateFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: PRIVATE_FOLDER });
  const problem = contentProblem(path);
  if (problem) throw new Error(problem);
  if ((statSync(path).mode & OTHERS) !== 0) await chmod(path, PRIVATE_FOLDER);
}

/** What is wrong with a folder of ours; undefined when it is fine, or not there yet. */
export function folderProblem(path: string): string | undefined {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found) return undefined;
  // A link is fine if we made it, wherever it goes: its goal is looked at too.
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
 * What keeps us from using a folder of ours and all that lies right in it, where somebody else may
 * have left something (a start as root, say); undefined when nothing does.
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

/** Whether we may read and write there. */
export function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.R_OK | constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
