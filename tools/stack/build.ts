/** `npm run build`: compiles the services, if something changed since. */
import { runProgram } from '../../services/shared/runtime/run-program';
import { ensureBuilt } from './compile';

runProgram(async () => {
  await ensureBuilt((line) => process.stdout.write(`${line}\n`));
});
