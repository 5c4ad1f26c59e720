import { useState } from 'react';
import { useChange } from '../../../api/change';
import type { Problem } from '../../../api/problems';
import { TOUCHED, type Payout } from '../queries';

/** Refusals that say the payout is no longer what the page shows. */
const MOVED_ON = ['payout-state', 'transfer-settled'];

/** What an accountant found out about a payout in review. */
export interface Finding {
  outcome: 'paid' | 'failed';
  bankReference?: string;
  reason: string;
}

/** A decision about one payout. */
export interface Decision {
  send(finding?: Finding): void;
  isBusy: boolean;
  problem: Problem | null;
}

/** Whether a decision was refused because the payout has moved on. */
export function isMovedOn({ type }: Problem): boolean {
  return MOVED_ON.includes(type);
}

/**
 * Decides about a payout; never shown as done before the answer. After any answer everything about
 * it is read again.
 */
export function useDecision(
  { id }: Payout,
  deed: 'retry' | 'cancel' | 'resolve',
  on: { done: () => void; refused?: (problem: Problem) => void },
): Decision {
  // Three paths of the document with the same parameters; only one of them has a body.
  const path = `/api/v1/payouts/{id}/${deed}` as '/api/v1/payouts/{id}/resolve';
  const { send, isBusy, problem } = useChange('post', path, {
    touches: TOUCHED,
    onDone: on.done,
    onRefused: (refusal) => on.refused?.(refusal),
  });
  return {
    send: (finding) => send({ params: { path: { id } }, body: finding as Finding }),
    isBusy,
    problem,
  };
}

/** Keeps that a payout has moved on while somebody decided about it. */
export function useMovedOn({ state }: Payout): {
  /** True once the page shows what it is now. */
  isMoved: boolean;
  note: () => void;
} {
  const [from, setFrom] = useState<Payout['state'] | null>(null);
  return { isMoved: from !== null && from !== state, note: () => setFrom(state) };
}
