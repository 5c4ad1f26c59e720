import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../services/shared/runtime/run-program';
import { inFlight } from '../../services/shared/work/in-flight';
import { toolEnvironment } from '../stack/environment';
import { ROOT } from '../stack/folders';

/** `npm run` scripts, slowest first, so that the others run beside it. */
const CHECKS = ['lint', 'tidy', 'typecheck', 'layers', 'format:check', 'dead-code'];
const API_CHECK = 'lint:openapi';
const OUTPUT_LIMIT_BYTES = 16 * 1024 * 1024;
const MS_PER_SECOND = 1_000;

/** Runs one check; prints its output only when it failed. */
function runCheck(name: string): Promise<boolean> {
  const startedAt = Date.now();
  // No version lookup and no telemetry during a check.
  const env = toolEnvironment({ REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' });
  const options = { cwd: ROOT, env, maxBuffer: OUTPUT_LIMIT_BYTES };
  return new Promise((resolve) => {
    execFile('npm', ['run', '--silent', name], options, (error, stdout, stderr) => {
      const seconds = ((Date.now() - startedAt) / MS_PER_SECOND).toFixed(1);
      console.log(`${error ? '✗' : '✓'} ${name} (${seconds} s)`);
      if (error) console.log(`${stdout}${stderr}`);
      resolve(!error);
    });
  });
}

/** Runs the checks in parallel, one per processor; returns true when all passed. */
async function runAll(names: string[]): Promise<boolean> {
  const waiting = [...names];
  const results: boolean[] = [];
  const next = (): Promise<string | null> => Promise.resolve(waiting.shift() ?? null);
  await inFlight(availableParallelism(), next, async (name) => {
    results.push(await runCheck(name));
  });
  return results.every(Boolean);
}

async function main(): Promise<number> {
  const hasApi = existsSync(join(ROOT, 'docs', 'openapi.json'));
  const passed = await runAll(hasApi ? [...CHECKS, API_CHECK] : CHECKS);
  return passed ? 0 : 1;
}

runProgram(main);
