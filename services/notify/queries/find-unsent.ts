import { inFlight } from '../../shared/work/in-flight';
import { wasLetterSent } from '../clients/sent-letters';
import type { NotifyContext } from '../context';

/** Reads of the state store at a time. */
const LANES = 8;

/**
 * Returns those of the keys whose letters are not remembered as sent. Throws 503 when the state
 * store fails.
 */
export async function findUnsent(
  { store }: Pick<NotifyContext, 'store'>,
  keys: readonly string[],
): Promise<string[]> {
  const waiting = [...keys];
  const unsent: string[] = [];
  await inFlight(
    LANES,
    () => Promise.resolve(waiting.pop() ?? null),
    async (key) => {
      if (!(await wasLetterSent(store, key))) unsent.push(key);
    },
  );
  return unsent;
}
