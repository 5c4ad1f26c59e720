import { doubledDelay } from '../../shared/kernel/delays';

/** Timeout of the bank during a PUT; the caller is promised an answer within 5 s. */
export const CALLER_WAITS_MS = 4_000;

const ASK_AGAIN_MS = { first: 1_000, longest: 60_000 };

/**
 * Returns the delay between an unclear attempt (the first is 1) and the next: doubles up to a
 * minute.
 */
export function nextAskInMs(attempt: number): number {
  return doubledDelay(attempt, ASK_AGAIN_MS);
}

/**
 * Returns the transfer's reference at the bank: the key without dashes, to fit ISO 20022's 35
 * characters.
 */
export function referenceOf(key: string): string {
  return key.replaceAll('-', '');
}
