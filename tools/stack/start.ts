/** `npm start`: runs the whole product on this machine, until Ctrl-C. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { demoLogins as plannedLogins, type DemoLogin } from '../../operations/company/seed-company';
import { ensureBuilt } from './compile';
import { obtainDaprd } from './daprd';
import { Unusable } from './data-directory';
import { ourEnvironment, toolEnvironment } from './environment';
import { DATA_DIRECTORY, ROOT } from './folders';
import { LOCAL_FILE, LOGINS_FILE, demoLogins, forgetLogins, writeLocalFile } from './local-file';
import { writePrivate } from './put-in-place';
import { describeStack, findRunningStack, runningFile } from './running';
import type { Stack } from './stack';
import { startStack } from './start-stack';

const SEED = join(ROOT, 'tools', 'stack', 'seed.ts');
const PARENT_WATCH_MS = 1_000;
const FAILED = 1;
const OTHERS = 0o077;

const startedAt = Date.now();

function say(line: string): void {
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1).padStart(5);
  process.stdout.write(`${seconds} s  ${line}\n`);
}

function print(line = ''): void {
  process.stdout.write(`${line}\n`);
}

/** Runs the seed program as a child; it finds the stack by `runningStack()`. */
function seed(signal: AbortSignal): Promise<void> {
  say('loading the demo data');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', SEED], {
      cwd: ROOT,
      env: toolEnvironment({}),
      stdio: ['ignore', 'inherit', 'inherit'],
      signal,
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Unusable(`The demo data could not be loaded (${code})`));
    });
  });
}

function announce(stack: Stack): void {
  print();
  print(`  Popug      ${stack.gatewayUrl}   (API: ${stack.gatewayUrl}/api/docs)`);
  print(`  Letters    ${stack.mailUrl}`);
  print(`  Bank       ${stack.bankUrl}`);
  print(`  Logs       ${join(DATA_DIRECTORY, 'logs')}`);
  const logins = demoLogins();
  if (logins.length > 0) print('  Logins     role, login, beak shape');
  for (const { role, login, beakShape } of logins) {
    print(`             ${role.padEnd(14)} ${login.padEnd(16)} ${beakShape}`);
  }
  print('  Ctrl-C stops everything.');
  print();
}

/** The logins of the demo data that is loaded, or will be loaded in English. */
function loginsToShow(): DemoLogin[] {
  const loaded = demoLogins();
  return loaded.length > 0 ? loaded : plannedLogins('en');
}

async function start(signal: AbortSignal): Promise<Stack> {
  if (findRunningStack()) throw new Error('The product is running already in this folder');
  await Promise.all([
    ensureBuilt(say),
    obtainDaprd(say).then(({ source }) => say(`daprd: ${source}`)),
  ]);
  const stack = await startStack({
    dataDirectory: DATA_DIRECTORY,
    redis: 'found',
    supervise: true,
    report: say,
    signal,
    removedAtEnd: [LOCAL_FILE, runningFile()],
    environment: { gateway: { DEMO_LOGINS: JSON.stringify(loginsToShow()) } },
  });
  try {
    signal.throwIfAborted();
    await writePrivate(runningFile(), JSON.stringify(describeStack(stack), null, 2));
    if (stack.isFresh) await forgetLogins();
    if (existsSync(SEED) && !existsSync(LOGINS_FILE)) await seed(signal);
    await writeLocalFile(stack);
    say('ready');
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** Aborts on a stop signal or when npm has ended; a second signal exits at once. */
function listenForStop(abort: AbortController): void {
  let asked = false;
  const ask = (): void => {
    if (asked) {
      // The guardian ends the remaining processes.
      process.exit(FAILED);
    }
    asked = true;
    print('\nstopping (once more: at once)');
    abort.abort(new Error('Stopped while starting'));
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
  // npm's pid comes from npm's shell: by the first check our parent may have changed already.
  const parent = ourEnvironment.npmPid;
  if (parent === 0) return;
  setInterval(() => {
    if (process.ppid !== parent && !asked) ask();
  }, PARENT_WATCH_MS).unref();
}

async function main(): Promise<void> {
  // Private umask for us and our children: passwords, letters, events and logs.
  process.umask(OTHERS);
  const abort = new AbortController();
  listenForStop(abort);
  const stack = await start(abort.signal);
  announce(stack);
  await new Promise<void>((resolve) => {
    if (abort.signal.aborted) resolve();
    abort.signal.addEventListener('abort', () => resolve());
    // Keeps the event loop alive: all work happens in other processes.
    setInterval(() => undefined, PARENT_WATCH_MS);
  });
  await stack.stop();
  say('stopped');
}

main().then(
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(FAILED);
  },
);
