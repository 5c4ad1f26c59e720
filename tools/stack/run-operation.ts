/**
 * `npm run check:money`: runs a program of `operations/` on the running stack, with the urls of its
 * databases in the environment, as a Job in a cluster does.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { runProgram } from '../../services/shared/runtime/run-program';
import { toolEnvironment } from './environment';
import { ROOT } from './folders';
import { runningStack } from './running';

const FAILED = 1;

runProgram(async () => {
  const [name, ...args] = process.argv.slice(2);
  if (name === undefined) throw new Error('Say which program of operations to run');
  const urls = Object.entries(runningStack().databases).map(([database, { administratorUrl }]) => [
    `DATABASE_${database}_owner`,
    administratorUrl,
  ]);
  const program = ['--import', 'tsx', join(ROOT, 'operations', `${name}.ts`), ...args];
  const env = toolEnvironment(Object.fromEntries(urls) as NodeJS.ProcessEnv);
  const child = spawn(process.execPath, program, { cwd: ROOT, env, stdio: 'inherit' });
  const [code] = (await once(child, 'close')) as [number | null];
  return code ?? FAILED;
});
