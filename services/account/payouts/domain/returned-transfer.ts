import type { PayoutState } from './payout';

/** Transfer whose money the bank sent back. */
export interface ReturnedTransfer {
  /** Key of the transfer at Payment: the attempt's. */
  key: string;
  amountCents: bigint;
  currency: string;
  /** Words of the bank. */
  reason: string;
  returnedAt: Date;
}

/** Attempt that ordered a transfer, with the state of its payout. */
export interface OrderedAttempt {
  payoutId: string;
  amountCents: bigint;
  outcome: 'succeeded' | 'refused' | null;
  state: PayoutState;
}

/**
 * Returns why a returned transfer can't be booked back, for people, or null when it can. A payout
 * that is not paid yet is a finding too: its return is tried again later.
 */
export function findingAbout(
  returned: Pick<ReturnedTransfer, 'amountCents' | 'currency'>,
  attempt: OrderedAttempt | undefined,
  currency: string,
): string | null {
  if (!attempt) return 'No attempt has this key';
  if (returned.currency !== currency || returned.amountCents !== attempt.amountCents) {
    return `The amount differs from payout ${attempt.payoutId}`;
  }
  if (attempt.state === 'paid' && attempt.outcome === 'succeeded') return null;
  const { payoutId, state, outcome } = attempt;
  return `Payout ${payoutId} is ${state}, this attempt ${outcome ?? 'open'}`;
}

const UNSETTLED: readonly PayoutState[] = ['transferring', 'unknown', 'needs_review'];

/**
 * Returns whether Payment has to be asked for the outcome of the attempt first: what came back was
 * executed before.
 */
export function isUnsettled({ outcome, state }: OrderedAttempt): boolean {
  return outcome === null && UNSETTLED.includes(state);
}
