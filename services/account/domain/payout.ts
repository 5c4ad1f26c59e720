import { derivedId } from '../../shared/kernel/ids';
import { isHopeless } from '../../shared/kernel/patience';

/**
 * Every state of a payout and the states it may go on to: the one list that this program and
 * the database follow. A payout is
 *
 * - `planned`: owed and waiting for the worker;
 * - `transferring`: taken up by one worker, for as long as its lease lasts;
 * - `unknown`: asked for without a clear answer, so Payment is asked what became of it;
 * - `needs_review`: Payment's answers make no sense, or none was clear for a day;
 * - `failed`: certainly not executed; an accountant decides what comes next;
 * - `paid`: executed and booked, for good;
 * - `cancelled`: given up, so the amount is owed again at the next closing.
 */
export const payoutTransitions = {
  planned: ['transferring'],
  transferring: ['paid', 'failed', 'unknown'],
  unknown: ['paid', 'failed', 'planned', 'needs_review'],
  needs_review: ['paid', 'failed'],
  failed: ['planned', 'cancelled'],
  paid: [],
  cancelled: [],
} as const satisfies Record<string, readonly string[]>;

export type PayoutState = keyof typeof payoutTransitions;

/** All states, in the order of a payout's life. */
export const payoutStates = Object.keys(payoutTransitions) as [PayoutState, ...PayoutState[]];

/** True when a payout may go from one state to the other. */
export function mayBecome(from: PayoutState, to: PayoutState): boolean {
  return (payoutTransitions[from] as readonly PayoutState[]).includes(to);
}

/** States whose amount is owed again: a closing does not count it as committed. */
export const releasedStates: readonly PayoutState[] = ['cancelled'];

/**
 * What became of an attempt to transfer a payout, as far as can be told: `succeeded` and
 * `refused` are final, `never-arrived`, `unclear` and `unanswered` may still end either way,
 * `nonsense` is an answer that can't be true.
 */
export type Verdict =
  | { verdict: 'succeeded'; bankReference: string }
  | { verdict: 'refused'; bankReference: string | null; reason: string }
  | { verdict: 'never-arrived' }
  | { verdict: 'unclear'; reason: string }
  | { verdict: 'unanswered'; reason: string }
  | { verdict: 'nonsense'; reason: string };

/** The state that a verdict calls for, `triedMs` after the attempt began. */
export function stateAfter(verdict: Verdict['verdict'], triedMs: number): PayoutState {
  switch (verdict) {
    case 'succeeded':
      return 'paid';
    case 'refused':
      return 'failed';
    case 'never-arrived':
      return 'planned';
    case 'unclear':
    case 'unanswered':
      return isHopeless(triedMs) ? 'needs_review' : 'unknown';
    case 'nonsense':
      return 'needs_review';
  }
}

/** Payment's key of an attempt: the same for every repeat of it, another for the next attempt. */
export function attemptKey(payoutId: string, attemptNumber: number): string {
  return derivedId('payout', payoutId, String(attemptNumber));
}

/** Notify's key of the letter about what an attempt came to. */
export function letterKey(payoutId: string, attemptNumber: number): string {
  return derivedId('payout-letter', payoutId, String(attemptNumber));
}
