import { query } from '../../../shared/db/data-source';
import { asLongAgain } from '../../../shared/kernel/delays';
import type { AccountContext } from '../../context';
import type { Ledger } from '../../ledger/steps/enter-ledger';
import { restInReview, stateAfter, type PayoutState, type Verdict } from '../domain/payout';
import type { Attempt } from '../queries/attempts';
import { recordOutcomes, type Outcome } from './record-outcomes';

/** An attempt and what is known of it now. */
export interface JudgedAttempt {
  attempt: Pick<Attempt, 'payoutId' | 'number' | 'startedAt' | 'leaseUntil'>;
  verdict: Verdict;
}

/** Names an attempt among others. */
export const keyOf = ({ payoutId, number }: Pick<Attempt, 'payoutId' | 'number'>): string =>
  `${payoutId}/${number}`;

/** What is not clear from the transfer itself passes through \`unknown\`, like after a crash. */
const BECOME_UNKNOWN = `
UPDATE payouts SET state = 'unknown'
FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::timestamptz[])
  AS judged (id, number, state, claimed_until)
WHERE payouts.id = judged.id AND attempt_number = judged.number
  AND payouts.state = 'transferring' AND judged.state NOT IN ('paid', 'failed')
  AND lease_until = claimed_until`;

/**
 * No row: somebody else has settled the attempt, or begun the next one. What is certain counts
 * whoever says it; all else only from the one whose lease it is, for somebody else may be sending
 * meanwhile. Out of review only something certain leads; all else is one more reason to look.
 */
const SETTLE = `
UPDATE payouts SET
  lease_until = CASE WHEN 'needs_review' IN (payouts.state, judged.state)
    THEN judged.review_until ELSE judged.lease_until END,
  state = CASE WHEN payouts.state = 'needs_review' AND judged.state NOT IN ('paid', 'failed')
    THEN payouts.state ELSE judged.state END,
  reason = CASE WHEN payouts.state = 'needs_review' OR judged.state NOT IN ('paid', 'planned')
    THEN judged.reason END
FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::timestamptz[], $5::text[],
  $6::timestamptz[], $7::timestamptz[])
  AS judged (id, number, state, claimed_until, reason, lease_until, review_until)
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
 * Writes down what became of attempts: the new states of their payouts, and what follows from those
 * that are paid or failed. Takes one verdict for each attempt.
 */
export async function settle(
  ledger: Ledger,
  context: AccountContext,
  judged: readonly JudgedAttempt[],
): Promise<void> {
  const { tx, now } = ledger;
  // In the same order everywhere: two workers with the same rows do not block each other.
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
  ]);
  await recordOutcomes(ledger, context, outcomesOf(settled, judged));
}

/** What follows is taken from what really changed: never from what was asked for. */
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
  /** The end of the lease under which it was judged. */
  claimedUntil: Date;
  reason: string | null;
  leaseUntil: Date;
  /** The same for a payout that needs review. */
  reviewUntil: Date;
}

function rowOf({ attempt, verdict }: JudgedAttempt, now: Date): Row {
  const triedMs = now.getTime() - attempt.startedAt.getTime();
  const after = (restMs: number): Date => new Date(now.getTime() + restMs);
  return {
    id: attempt.payoutId,
    number: attempt.number,
    state: stateAfter(verdict.verdict, triedMs),
    claimedUntil: attempt.leaseUntil,
    reason: reasonOf(verdict),
    leaseUntil: after(asLongAgain(triedMs)),
    reviewUntil: after(restInReview(triedMs)),
  };
}

/** For accountants. */
function reasonOf(verdict: Verdict): string | null {
  if ('reason' in verdict) return verdict.reason;
  return verdict.verdict === 'never-arrived' ? 'Payment never heard of it' : null;
}
