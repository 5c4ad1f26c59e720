import { doubledDelay } from '../../shared/kernel/delays';

/** How long the caller of a PUT is kept waiting for the bank; it was promised 5 s in all. */
export const CALLER_WAITS_MS = 4_000;

const ASK_AGAIN_MS = { first: 1_000, longest: 60_000 };

/** From the end of an unclear attempt, the first being 1, to the next: doubles up to a minute. */
export function nextAskInMs(attempt: number): number {
  return doubledDelay(attempt, ASK_AGAIN_MS);
}

/** What names a transfer at the bank: the key fits ISO 20022's 35 characters without dashes. */
export function referenceOf(key: string): string {
  return key.replaceAll('-', '');
}
