import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolEnvironment } from './environment';
import { DIST, ROOT } from './folders';
import { putInPlace } from './put-in-place';

const run = promisify(execFile);
/** Marker file, written last: the compiled output is complete. */
const STAMP_NAME = '.compiled';
const STAMP = join(DIST, STAMP_NAME);
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

/** Starts from the previous output: `build.tsbuildinfo` in it makes the compilation incremental. */
async function beginWith(compiled: string, draft: string): Promise<void> {
  if (existsSync(STAMP)) await cp(compiled, draft, { recursive: true });
  await rm(join(draft, STAMP_NAME), { force: true });
}

async function compile(draft: string): Promise<void> {
  const tsc = require.resolve('typescript/bin/tsc');
  const notes = ['--tsBuildInfoFile', join(draft, 'build.tsbuildinfo')];
  const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', draft, ...notes];
  try {
    await run(process.execPath, args, { cwd: ROOT, env: toolEnvironment({}) });
  } catch (error) {
    const said = (error as { stdout?: string }).stdout;
    throw new Error(`The services do not compile:\n${said ?? String(error)}`, { cause: error });
  }
}

/**
 * Compiles the services when a source is newer than the compiled output; true when it compiled. The
 * new output replaces the old one as a whole. Throws with the compiler's messages.
 */
export async function ensureBuilt(report: (line: string) => void = () => undefined) {
  if (await isBuilt()) return false;
  report('compiling');
  const startedAt = new Date();
  await putInPlace(DIST, async (draft) => {
    await beginWith(DIST, draft);
    await compile(draft);
    await writeFile(join(draft, STAMP_NAME), '');
    // A source saved while the compiler ran is newer than the marker.
    await utimes(join(draft, STAMP_NAME), startedAt, startedAt);
  });
  return true;
}
