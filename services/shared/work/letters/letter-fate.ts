import { ADDRESS_REFUSED } from '../../contracts/calls/notify';
import { isHopeless } from '../../kernel/delays';
import { Problem } from '../../kernel/errors';

/** True when Notify says that nobody can be reached under the address. */
export function isAddressRefused(error: unknown): boolean {
  return error instanceof Problem && error.id === ADDRESS_REFUSED;
}

/**
 * What becomes of a letter that could not be sent, after `triedMs`. It is given up at once only
 * when Notify says that the address is wrong for certain; everything else is tried for a day.
 */
export function fateOfLetter(error: unknown, triedMs: number): 'due' | 'failed' {
  return isAddressRefused(error) || isHopeless(triedMs) ? 'failed' : 'due';
}
