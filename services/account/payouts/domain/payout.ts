import { asLongAgain, isHopeless } from '../../../shared/kernel/delays';
import { conflict } from '../../../shared/kernel/errors';
import { derivedId } from '../../../shared/kernel/ids';

/**
 * Every state of a payout and the states it may go on to: the one list that this program and
 * the database follow. A payout is
 *
 * - `planned`: owed and waiting for the worker;
 * - `transferring`: taken up by one worker, for as long as its lease lasts;
 * - `unknown`: asked for without a clear answer, so Payment is asked what became of it;
 * - `needs_review`: Payment's answers make no sense, or none was clear for a day; Payment is asked
 *   on, now and then, and a certain answer settles it;
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

/** People decide only about payouts that no worker has. */
const DECIDED_BY_PEOPLE: readonly PayoutState[] = ['failed', 'needs_review'];

/** Throws 409 `payout-state` unless a person may move the payout to that state. */
export function demandChange({ state }: { state: PayoutState }, to: PayoutState): void {
  if (DECIDED_BY_PEOPLE.includes(state) && mayBecome(state, to)) return;
  throw conflict('payout-state', 'The payout does not allow this now', `It is ${state}`);
}

/**
 * What became of an attempt to transfer a payout, as far as can be told: `succeeded` and
 * `refused` are final, the others may still end either way; `nonsense` is an answer that can't
 * be true.
 */
export type Verdict =
  | { verdict: 'succeeded'; bankReference: string }
  | { verdict: 'refused'; bankReference: string | null; reason: string }
  | { verdict: 'never-arrived' }
  /** Its account was put on hold before anything was sent. */
  | { verdict: 'held' }
  | { verdict: 'unclear'; reason: string }
  | { verdict: 'unanswered'; reason: string }
  | { verdict: 'nonsense'; reason: string };

/**
 * The verdict that an answer of Payment amounts to. An order that was withdrawn before anything was
 * sent is as good as refused, for the reason given.
 */
export function verdictOf(
  answer: Verdict | { verdict: 'withdrawn' },
  whyWithdrawn = 'It was withdrawn before anything was sent',
): Verdict {
  return answer.verdict === 'withdrawn' ? refusal(whyWithdrawn) : answer;
}

/** A refusal of our own: nothing was sent, and nothing will be. */
export function refusal(reason: string): Verdict {
  return { verdict: 'refused', bankReference: null, reason };
}

/** The state that a verdict calls for, `triedMs` after the attempt began. */
export function stateAfter(verdict: Verdict['verdict'], triedMs: number): PayoutState {
  switch (verdict) {
    case 'succeeded':
      return 'paid';
    case 'refused':
      return 'failed';
    case 'never-arrived':
    case 'held':
      return 'planned';
    case 'unclear':
    case 'unanswered':
      return isHopeless(triedMs) ? 'needs_review' : 'unknown';
    case 'nonsense':
      return 'needs_review';
  }
}

/**
 * What two verdicts about the same attempt amount to: a certain one counts more than one that is
 * not, a later one more than an earlier one. Two certain ones that contradict each other are
 * nonsense: somebody has to look.
 */
export function combined(earlier: Verdict, later: Verdict): Verdict {
  if (!isCertain(earlier)) return later;
  if (!isCertain(later) || earlier.verdict === later.verdict) return earlier;
  return { verdict: 'nonsense', reason: 'It was said to be both executed and refused' };
}

/** True for verdicts that are final: nothing that is said later changes them. */
export function isCertain<Said extends { verdict: string }>(
  verdict: Said,
): verdict is Extract<Said, { verdict: 'succeeded' | 'refused' }> {
  return verdict.verdict === 'succeeded' || verdict.verdict === 'refused';
}

const LONGEST_REST_IN_REVIEW_MS = 3_600_000;

/**
 * How long a payout in review rests before Payment is asked about it again: longer and longer, up
 * to an hour, for as long as nobody resolves it.
 */
export function restInReview(triedMs: number): number {
  return asLongAgain(triedMs, LONGEST_REST_IN_REVIEW_MS);
}

/** Payment's key of an attempt: the same for every repeat of it, another for the next attempt. */
export function attemptKey(payoutId: string, attemptNumber: number): string {
  return derivedId('payout', payoutId, String(attemptNumber));
}

/** Notify's key of the letter about what an attempt came to. */
export function letterKey(payoutId: string, attemptNumber: number): string {
  return derivedId('payout-letter', payoutId, String(attemptNumber));
}
