import { ADDRESS_REFUSED } from '../contracts/calls/notify';
import { Problem } from '../kernel/errors';
import { isHopeless } from '../kernel/patience';

/**
 * What becomes of a letter that could not be sent, after `triedMs`. It is given up at once only
 * when Notify says that the address is wrong for certain; everything else is tried for a day.
 */
export function fateOfLetter(error: unknown, triedMs: number): 'due' | 'failed' {
  const isAddressWrong = error instanceof Problem && error.id === ADDRESS_REFUSED;
  return isAddressWrong || isHopeless(triedMs) ? 'failed' : 'due';
}
