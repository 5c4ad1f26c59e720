/** `npm run build`: compiles the services, if something changed since. */
import { ensureBuilt } from './compile';

ensureBuilt((line) => process.stdout.write(`${line}\n`)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
