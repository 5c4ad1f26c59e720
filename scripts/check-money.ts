/** `npm run check:money`: looks whether every cent of the running product is where it belongs. */
import { checkMoney } from './money/check';
import { runningStack } from './stack/running';

const BROKEN = 1;
const NOT_SETTLED = 2;
const SHOWN = 10;

async function main(): Promise<number> {
  const stack = runningStack();
  const { unsettled, results } = await checkMoney(
    (name) => stack.databases[name]!.administratorUrl,
  );
  if (unsettled.length > 0) {
    process.stdout.write(`not settled: ${unsettled.join('; ')}\n`);
    return NOT_SETTLED;
  }
  for (const { name, broken } of results) {
    process.stdout.write(`${broken.length === 0 ? '✓' : '✗'} ${name}\n`);
    for (const what of broken.slice(0, SHOWN)) process.stdout.write(`    ${what}\n`);
    if (broken.length > SHOWN) process.stdout.write(`    … ${broken.length - SHOWN} more\n`);
  }
  return results.every(({ broken }) => broken.length === 0) ? 0 : BROKEN;
}

main().then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = BROKEN;
  },
);
