import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import {
  mkdir,
  mkdtemp,
  readFile,
  readdir,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT } from './folders';
import { putInPlace, writePrivate } from './put-in-place';
import { until } from './wait';

const PERMISSIONS = 0o777;
const OWNER_ONLY = 0o600;
const FILES = 300;
const KILLS = 8;
const SEEN_MS = 30_000;
const TWO_HOURS_AGO = new Date(Date.now() - 7_200_000);

let folder: string;
let target: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'popug-place-'));
  target = join(folder, 'thing');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Makes the draft folder that a killed process leaves behind. */
async function leftover(pid: number): Promise<string> {
  const path = join(folder, `thing.draft-${pid}-Ab3dE6`);
  await mkdir(join(path, 'thing'), { recursive: true });
  return path;
}

/** The id of a process that has ended. */
async function endedPid(): Promise<number> {
  const child = spawn('true');
  await once(child, 'exit');
  return child.pid!;
}

it('replaces a folder as a whole: what was only in the former one is gone', async () => {
  await mkdir(target);
  await writeFile(join(target, 'old'), '');
  await putInPlace(target, async (draft) => {
    await mkdir(draft);
    expect(existsSync(join(target, 'old'))).toBe(true);
    await writeFile(join(draft, 'new'), '');
  });
  expect(await readdir(target)).toEqual(['new']);
  expect(await readdir(folder)).toEqual(['thing']);
});

it('leaves what was there when making the new one fails, and nothing beside it', async () => {
  await writeFile(target, 'old');
  const attempt = putInPlace(target, async (draft) => {
    await writeFile(draft, 'half');
    throw new Error('no space left');
  });
  await expect(attempt).rejects.toThrow('no space left');
  expect(await readFile(target, 'utf8')).toBe('old');
  expect(await readdir(folder)).toEqual(['thing']);
});

it('removes what a killed maker left, even one that had our own id', async () => {
  const left = [await leftover(await endedPid()), await leftover(process.pid)];
  const abandoned = await leftover(process.ppid);
  await utimes(abandoned, TWO_HOURS_AGO, TWO_HOURS_AGO);
  await putInPlace(target, (draft) => writeFile(draft, ''));
  expect([...left, abandoned].filter((path) => existsSync(path))).toEqual([]);
});

it('keeps what somebody else is making at the same time', async () => {
  const other = await leftover(process.ppid);
  await Promise.all(['1', '2', '3'].map((text) => writePrivate(target, text)));
  expect(existsSync(other)).toBe(true);
  expect((await readdir(folder)).sort()).toEqual([
    'thing',
    'thing.draft-' + other.split('draft-')[1],
  ]);
});

it('writes a private file by no name that somebody could have foreseen', async () => {
  const bait = join(folder, 'bait');
  await writeFile(bait, 'untouched');
  await symlink(bait, `${target}.${process.pid}.tmp`);
  await writePrivate(target, 'secret');
  expect(await readFile(bait, 'utf8')).toBe('untouched');
  expect(await readFile(target, 'utf8')).toBe('secret');
  expect((await stat(target)).mode & PERMISSIONS).toBe(OWNER_ONLY);
});

/** Makes a folder of many files in another process. */
const MAKER = `
const { putInPlace } = require('./tools/stack/put-in-place.ts');
const { mkdir, writeFile } = require('node:fs/promises');
putInPlace(process.env.TARGET, async (draft) => {
  await mkdir(draft);
  for (let each = 0; each < ${FILES}; each += 1) await writeFile(draft + '/' + each, 'whole');
});`;

it('is there whole or not at all, whenever its maker is killed, and can be made again', async () => {
  const made = async (path: string): Promise<string[]> => readdir(path).catch(() => []);
  const drafts = async (): Promise<string[]> =>
    (await readdir(folder)).filter((name) => name.includes('.draft-'));
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', MAKER], {
      cwd: ROOT,
      env: { ...process.env, TARGET: target },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const ended = once(child, 'exit');
    const wanted = Math.floor(Math.random() * FILES);
    await until({ what: `${wanted} files to be made`, timeoutMs: SEEN_MS }, async () => {
      if (child.exitCode !== null || (await made(target)).length > 0) return true;
      const [draft] = await drafts();
      return draft && (await made(join(folder, draft, 'thing'))).length >= wanted;
    });
    child.kill('SIGKILL');
    await ended;
    expect([0, FILES]).toContain((await made(target)).length);
    await rm(target, { recursive: true, force: true });
  }
  await promisify(execFile)(process.execPath, ['--import', 'tsx', '-e', MAKER], {
    cwd: ROOT,
    env: { ...process.env, TARGET: target },
  });
  expect(await made(target)).toHaveLength(FILES);
  expect(await drafts()).toEqual([]);
});
