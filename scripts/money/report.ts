import { checkMoney } from './check';
import type { UrlOf } from './read-only';

const BROKEN = 1;
const NOT_SETTLED = 2;
const SHOWN = 10;

/** Checks the money and prints what was found; the exit code, 0 when every invariant holds. */
export async function reportMoney(urlOf: UrlOf): Promise<number> {
  const { unsettled, results } = await checkMoney(urlOf);
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
