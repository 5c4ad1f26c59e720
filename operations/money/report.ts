import { checkMoney, type MoneyCheck } from './check';
import type { UrlOf } from './read-only';

const BROKEN = 1;
const UNTOLD = 2;
const SHOWN = 10;

/**
 * Checks the money and prints the result. Returns the exit code: 0 when every invariant holds, 1
 * when one is broken, 2 when the check was impossible: work was under way for longer than `restMs`,
 * or a database did not answer.
 */
export async function reportMoney(urlOf: UrlOf, restMs?: number): Promise<number> {
  try {
    return report(await checkMoney(urlOf, restMs));
  } catch (error) {
    const reason = error instanceof AggregateError ? error.errors.join('; ') : String(error);
    process.stderr.write(`could not be checked: ${reason}\n`);
    return UNTOLD;
  }
}

function report({ unsettled, results }: MoneyCheck): number {
  if (unsettled.length > 0) {
    process.stdout.write(`not settled: ${unsettled.join('; ')}\n`);
    return UNTOLD;
  }
  for (const { name, broken } of results) {
    process.stdout.write(`${broken.length === 0 ? '✓' : '✗'} ${name}\n`);
    for (const what of broken.slice(0, SHOWN)) process.stdout.write(`    ${what}\n`);
    if (broken.length > SHOWN) process.stdout.write(`    … ${broken.length - SHOWN} more\n`);
  }
  return results.every(({ broken }) => broken.length === 0) ? 0 : BROKEN;
}
