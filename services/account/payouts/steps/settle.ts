import { query } from '../../../shared/db/data-source';
import { asLongAgain } from '../../../shared/kernel/delays';
import type { AccountContext } from '../../context';
import type { Ledger } from '../../ledger/steps/enter-ledger';
import {
  REST_WHILE_WAITING_MS,
  restInReview,
  stateAfter,
  type PayoutState,
  type Verdict,
} from '../domain/payout';
import type { Attempt } from '../queries/attempts';
import { recordOutcomes, type Outcome } from './record-outcomes';

/** Attempt with the verdict on it. */
export interface JudgedAttempt {
  attempt: Pick<Attempt, 'payoutId' | 'number' | 'startedAt' | 'leaseUntil'> &
    Partial<Pick<Attempt, 'isWaiting'>>;
  verdict: Verdict;
}

/** Returns a key that identifies an attempt. */
export const keyOf = ({ payoutId, number }: Pick<Attempt, 'payoutId' | 'number'>): string =>
  `${payoutId}/${number}`;

/** A verdict other than paid or failed takes the payout through `unknown`, as after a crash. */
const BECOME_UNKNOWN = `
UPDATE payouts SET state = 'unknown'
FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::timestamptz[])
  AS judged (id, number, state, claimed_until)
WHERE payouts.id = judged.id AND attempt_number = judged.number
  AND payouts.state = 'transferring' AND judged.state NOT IN ('paid', 'failed')
  AND lease_until = claimed_until`;

/**
 * Compare and set: no row is updated when another process has settled the attempt or begun the next
 * one. A certain verdict counts from every process. Any other verdict counts only under the lease
 * of the claim, because the holder of a newer lease may be sending. In review, only a certain
 * verdict changes the state; others replace the reason.
 */
const SETTLE = `
UPDATE payouts SET
  lease_until = CASE WHEN 'needs_review' IN (payouts.state, judged.state)
    THEN judged.review_until ELSE judged.lease_until END,
  state = CASE WHEN payouts.state = 'needs_review' AND judged.state NOT IN ('paid', 'failed')
    THEN payouts.state ELSE judged.state END,
  reason = CASE WHEN payouts.state = 'needs_review' OR judged.state NOT IN ('paid', 'planned')
    THEN judged.reason END,
  waiting_for = CASE WHEN judged.waits THEN 'operator'
    WHEN judged.state NOT IN ('paid', 'failed', 'planned') THEN payouts.waiting_for END
FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::timestamptz[], $5::text[],
  $6::timestamptz[], $7::timestamptz[], $8::boolean[])
  AS judged (id, number, state, claimed_until, reason, lease_until, review_until, waits)
WHERE payouts.id = judged.id AND attempt_number = judged.number
  AND payouts.state IN ('transferring', 'unknown', 'needs_review')
  AND (judged.state IN ('paid', 'failed') OR payouts.lease_until = claimed_until)
RETURNING payouts.id, attempt_number AS number, payouts.state`;

interface Settled {
  id: string;
  number: number;
  state: PayoutState;
}

/**
 * Records the verdicts on attempts: the new states of their payouts, and the effects of those that
 * are paid or failed. Takes one verdict for each attempt. Returns the changed payouts, of which the
 * caller publishes hints.
 */
export async function settle(
  ledger: Ledger,
  context: AccountContext,
  judged: readonly JudgedAttempt[],
): Promise<Settled[]> {
  const { tx, now } = ledger;
  // Sorted by id: workers that settle the same rows lock them in one order, without a deadlock.
  const rows = judged.map((one) => rowOf(one, now)).sort((a, b) => (a.id < b.id ? -1 : 1));
  const judgements = [
    rows.map((row) => row.id),
    rows.map((row) => row.number),
    rows.map((row) => row.state),
    rows.map((row) => row.claimedUntil),
  ];
  await query(tx, BECOME_UNKNOWN, judgements);
  const settled = await query<Settled>(tx, SETTLE, [
    ...judgements,
    rows.map((row) => row.reason),
    rows.map((row) => row.leaseUntil),
    rows.map((row) => row.reviewUntil),
    rows.map((row) => row.waits),
  ]);
  await recordOutcomes(ledger, context, outcomesOf(settled, judged));
  return settled;
}

/** Returns the outcomes of rows that were really updated, not of those requested. */
function outcomesOf(settled: readonly Settled[], judged: readonly JudgedAttempt[]): Outcome[] {
  const verdicts = new Map(judged.map(({ attempt, verdict }) => [keyOf(attempt), verdict]));
  return settled.flatMap(({ id: payoutId, number, state }): Outcome[] => {
    const verdict = verdicts.get(keyOf({ payoutId, number }))!;
    if (state === 'paid' && verdict.verdict === 'succeeded') {
      const { bankReference } = verdict;
      return [{ payoutId, outcome: 'succeeded', bankReference, reason: null, finding: null }];
    }
    if (state === 'failed' && verdict.verdict === 'refused') {
      const { bankReference, reason } = verdict;
      return [{ payoutId, outcome: 'refused', bankReference, reason, finding: null }];
    }
    return [];
  });
}

interface Row {
  id: string;
  number: number;
  state: PayoutState;
  /** End of the lease of the claim. */
  claimedUntil: Date;
  reason: string | null;
  leaseUntil: Date;
  /** End of the delay before the next question about a payout in review. */
  reviewUntil: Date;
  /** The transfer waits for an operator. */
  waits: boolean;
}

function rowOf({ attempt, verdict }: JudgedAttempt, now: Date): Row {
  const triedMs = now.getTime() - attempt.startedAt.getTime();
  const waits = verdict.verdict === 'waiting';
  const after = (restMs: number): Date => new Date(now.getTime() + restMs);
  return {
    id: attempt.payoutId,
    number: attempt.number,
    state: stateAfter(verdict.verdict, triedMs, attempt.isWaiting),
    claimedUntil: attempt.leaseUntil,
    reason: reasonOf(verdict),
    leaseUntil: after(waits ? REST_WHILE_WAITING_MS : asLongAgain(triedMs)),
    reviewUntil: after(restInReview(triedMs)),
    waits,
  };
}

/** Returns the payout's reason for accountants. */
function reasonOf(verdict: Verdict): string | null {
  if ('reason' in verdict) return verdict.reason;
  return verdict.verdict === 'never-arrived' ? 'Payment never heard of it' : null;
}
