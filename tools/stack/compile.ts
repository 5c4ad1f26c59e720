import { execFile } from 'node:child_process';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolEnvironment } from './environment';
import { DIST, ROOT, WEB_DIST } from './folders';
import { ensureMade, isComplete, markIncomplete } from './made';

const run = promisify(execFile);
const LOCK_FILE = 'package-lock.json';
const SERVICES = ['services', 'tsconfig.json', 'tsconfig.build.json', LOCK_FILE];
const WEB = [
  'web/src',
  'web/public',
  'web/index.html',
  'web/vite.config.ts',
  'web/tsconfig.json',
  LOCK_FILE,
];

type Report = (line: string) => void;

/** Runs a program of a package. Throws with what it printed. */
async function runTool(args: readonly string[], folder: string, failure: string): Promise<void> {
  try {
    await run(process.execPath, args, { cwd: folder, env: toolEnvironment({}) });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${failure}:\n${stdout}${stderr}${String(error)}`, { cause: error });
  }
}

/** Starts from the previous output: `build.tsbuildinfo` in it makes the compilation incremental. */
async function beginWith(compiled: string, draft: string): Promise<void> {
  if (isComplete(compiled)) await cp(compiled, draft, { recursive: true });
  await markIncomplete(draft);
}

async function compile(draft: string): Promise<void> {
  await beginWith(DIST, draft);
  const tsc = require.resolve('typescript/bin/tsc');
  const notes = ['--tsBuildInfoFile', join(draft, 'build.tsbuildinfo')];
  const args = [tsc, '-p', 'tsconfig.build.json', '--outDir', draft, ...notes];
  await runTool(args, ROOT, 'The services do not compile');
}

async function buildWeb(draft: string): Promise<void> {
  const vite = join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js');
  const args = [vite, 'build', '--outDir', draft, '--emptyOutDir', '--logLevel', 'error'];
  await runTool(args, join(ROOT, 'web'), 'The web application does not build');
}

/**
 * Compiles the services, and builds the web application, each when a source is newer than its
 * output. Throws with the messages of compiler or build.
 */
export async function ensureBuilt(report: Report = () => undefined): Promise<void> {
  await Promise.all([
    ensureMade(DIST, SERVICES, (draft) => {
      report('compiling');
      return compile(draft);
    }),
    ensureMade(WEB_DIST, WEB, (draft) => {
      report('building the web application');
      return buildWeb(draft);
    }),
  ]);
}
