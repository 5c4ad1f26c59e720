/** `npm run build`: compiles the services when a source has changed. */
import { runProgram } from '../../services/shared/runtime/run-program';
import { ensureBuilt } from './compile';

runProgram(async () => {
  await ensureBuilt((line) => process.stdout.write(`${line}\n`));
});
