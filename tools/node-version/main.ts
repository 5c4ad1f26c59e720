/**
 * `npm run test:node -- 24 [jest's arguments]`: runs the tests with another version of Node.js from
 * the npm registry, outside our lock file.
 */
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { runProgram } from '../../services/shared/runtime/run-program';
import { personalCache } from '../stack/cache';
import { ourEnvironment, toolEnvironment } from '../stack/environment';
import { ROOT } from '../stack/folders';
import { obtainNode } from './obtain-node';

const FAILED = 1;

/** Runs Jest with this Node.js first in PATH, so that programs which tests start use it as well. */
function runJest(programs: string, args: string[]): Promise<number> {
  const path = [programs, ourEnvironment.path].join(delimiter);
  const command = [require.resolve('jest/bin/jest'), ...args];
  const child = spawn(join(programs, 'node'), command, {
    cwd: ROOT,
    env: toolEnvironment({ PATH: path }),
    stdio: 'inherit',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? FAILED));
  });
}

async function main(): Promise<number> {
  const [version, ...args] = process.argv.slice(2);
  if (!version) throw new Error("Which version? npm run test:node -- 24 [jest's arguments]");
  return runJest(await obtainNode(version, personalCache()), args);
}

runProgram(main);
