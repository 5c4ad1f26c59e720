import { asLongAgain, isHopeless } from '../../../shared/kernel/delays';
import { conflict } from '../../../shared/kernel/errors';
import { derivedId } from '../../../shared/kernel/ids';

/**
 * State machine of a payout: each state with the states that may follow. The program and the
 * database follow this one list. A payout is
 *
 * - `planned`: owed, and waiting for the worker;
 * - `transferring`: claimed by one worker under a lease;
 * - `unknown`: ordered without a clear answer, so Payment is asked for the outcome;
 * - `needs_review`: Payment's answers make no sense, or none was clear for a day; Payment is still
 *   asked, with a backoff, and a certain answer settles the payout;
 * - `failed`: certainly not executed; an accountant decides what comes next;
 * - `paid`: executed and booked;
 * - `returned`: the bank sent the money back, final: the amount is owed again at the next closing;
 * - `cancelled`: given up, final: the amount is owed again at the next closing.
 */
export const payoutTransitions = {
  planned: ['transferring'],
  transferring: ['paid', 'failed', 'unknown'],
  unknown: ['paid', 'failed', 'planned', 'needs_review'],
  needs_review: ['paid', 'failed'],
  failed: ['planned', 'cancelled'],
  paid: ['returned'],
  cancelled: [],
  returned: [],
} as const satisfies Record<string, readonly string[]>;

export type PayoutState = keyof typeof payoutTransitions;

/** All states, in the order of a payout's life. */
export const payoutStates = Object.keys(payoutTransitions) as [PayoutState, ...PayoutState[]];

/** Returns whether a payout may change from one state to the other. */
export function mayBecome(from: PayoutState, to: PayoutState): boolean {
  return (payoutTransitions[from] as readonly PayoutState[]).includes(to);
}

/** States that people decide about: no worker holds these payouts. */
const DECIDED_BY_PEOPLE: readonly PayoutState[] = ['failed', 'needs_review'];

/** Throws 409 `payout-state` unless a person may change the payout to that state. */
export function demandChange({ state }: { state: PayoutState }, to: PayoutState): void {
  if (DECIDED_BY_PEOPLE.includes(state) && mayBecome(state, to)) return;
  throw conflict('payout-state', 'The payout does not allow this now', `It is ${state}`);
}

/**
 * Outcome of an attempt as far as known: `succeeded` and `refused` are final, the others may still
 * end either way; `nonsense` is an answer that can't be true.
 */
export type Verdict =
  | { verdict: 'succeeded'; bankReference: string }
  | { verdict: 'refused'; bankReference: string | null; reason: string }
  | { verdict: 'never-arrived' }
  /** The account was put on hold before anything was sent. */
  | { verdict: 'held' }
  /** An operator will tell how it ended, maybe in days. */
  | { verdict: 'waiting'; reason: string }
  | { verdict: 'unclear'; reason: string }
  | { verdict: 'unanswered'; reason: string }
  | { verdict: 'nonsense'; reason: string };

/**
 * Returns the verdict on an answer of Payment. A withdrawn order counts as refused, for the given
 * reason: nothing was sent.
 */
export function verdictOf(
  answer: Verdict | { verdict: 'withdrawn' },
  whyWithdrawn = 'It was withdrawn before anything was sent',
): Verdict {
  return answer.verdict === 'withdrawn' ? refusal(whyWithdrawn) : answer;
}

/** Returns a refusal by Account itself: nothing was sent, and nothing will be. */
export function refusal(reason: string): Verdict {
  return { verdict: 'refused', bankReference: null, reason };
}

/**
 * Returns the payout's state after a verdict, `triedMs` after the attempt began. A transfer that
 * waits for an operator never ages into review, also while Payment does not answer.
 */
export function stateAfter(
  verdict: Verdict['verdict'],
  triedMs: number,
  isWaiting = false,
): PayoutState {
  switch (verdict) {
    case 'succeeded':
      return 'paid';
    case 'refused':
      return 'failed';
    case 'never-arrived':
    case 'held':
      return 'planned';
    case 'waiting':
      return 'unknown';
    case 'unclear':
    case 'unanswered':
      return isHopeless(triedMs) && !isWaiting ? 'needs_review' : 'unknown';
    case 'nonsense':
      return 'needs_review';
  }
}

/**
 * Combines two verdicts on the same attempt: a certain one prevails over an uncertain one, a later
 * one over an earlier one. Two certain ones that contradict each other are `nonsense`: the payout
 * needs review.
 */
export function combined(earlier: Verdict, later: Verdict): Verdict {
  if (!isCertain(earlier)) return later;
  if (!isCertain(later) || earlier.verdict === later.verdict) return earlier;
  return { verdict: 'nonsense', reason: 'It was said to be both executed and refused' };
}

/** Returns whether a verdict is final: no later answer changes it. */
export function isCertain<Said extends { verdict: string }>(
  verdict: Said,
): verdict is Extract<Said, { verdict: 'succeeded' | 'refused' }> {
  return verdict.verdict === 'succeeded' || verdict.verdict === 'refused';
}

/** Delay before Payment is asked again about a transfer that waits for an operator. */
export const REST_WHILE_WAITING_MS = 900_000;

const LONGEST_REST_IN_REVIEW_MS = 3_600_000;

/**
 * Returns the delay before Payment is asked again about a payout in review: a backoff of up to an
 * hour.
 */
export function restInReview(triedMs: number): number {
  return asLongAgain(triedMs, LONGEST_REST_IN_REVIEW_MS);
}

/**
 * Returns the idempotency key of an attempt at Payment: the same for each repeat, another for the
 * next attempt.
 */
export function attemptKey(payoutId: string, attemptNumber: number): string {
  return derivedId('payout', payoutId, String(attemptNumber));
}

/** Returns the idempotency key at Notify of the letter about a returned payout. */
export function returnLetterKey(payoutId: string): string {
  return derivedId('payout-return-letter', payoutId);
}

/** Returns the idempotency key at Notify of the letter about the end of an attempt. */
export function letterKey(payoutId: string, attemptNumber: number): string {
  return derivedId('payout-letter', payoutId, String(attemptNumber));
}
