import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolEnvironment } from './environment';
import { DIST, ROOT } from './folders';

const run = promisify(execFile);
const STAMP = join(DIST, '.built');
const SETTINGS = ['tsconfig.json', 'tsconfig.build.json', 'package-lock.json'];

async function newestUnder(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const times = files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs);
  return Math.max(0, ...(await Promise.all(times)));
}

async function isBuilt(): Promise<boolean> {
  if (!existsSync(STAMP)) return false;
  const settings = SETTINGS.map(async (file) => (await stat(join(ROOT, file))).mtimeMs);
  const newest = Math.max(
    await newestUnder(join(ROOT, 'services')),
    ...(await Promise.all(settings)),
  );
  return newest < (await stat(STAMP)).mtimeMs;
}

/**
 * Compiles the services when a source is newer than what is compiled. True when it had to.
 * Not safe to call twice at once. Throws with the compiler's messages.
 */
export async function ensureBuilt(report: (line: string) => void = () => undefined) {
  if (await isBuilt()) return false;
  report('compiling');
  const startedAt = new Date();
  const tsc = require.resolve('typescript/bin/tsc');
  try {
    await run(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
      cwd: ROOT,
      env: toolEnvironment({}),
    });
  } catch (error) {
    const said = (error as { stdout?: string }).stdout;
    throw new Error(`The services do not compile:\n${said ?? String(error)}`, { cause: error });
  }
  await mkdir(DIST, { recursive: true });
  await writeFile(STAMP, '');
  // What was saved while the compiler ran counts as newer.
  await utimes(STAMP, startedAt, startedAt);
  return true;
}
