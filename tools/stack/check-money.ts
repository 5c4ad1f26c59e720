/** `npm run check:money`: looks whether every cent of the running product is where it belongs. */
import { reportMoney } from '../../operations/money/report';
import { runningStack } from './running';

async function main(): Promise<number> {
  const stack = runningStack();
  return reportMoney((name) => stack.databases[name]!.administratorUrl);
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
