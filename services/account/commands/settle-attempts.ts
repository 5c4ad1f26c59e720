import { query } from '../../shared/db/data-source';
import { delayAfter } from '../../shared/kernel/patience';
import { crashPoint } from '../../shared/runtime/crash-point';
import { stateAfter, type PayoutState, type Verdict } from '../domain/payout';
import type { Books } from '../queries/books';
import type { Attempt } from './claim-payouts';
import { lockForBooking } from './ledger-lock';
import { recordOutcomes, type Outcome } from './record-outcomes';

/** An attempt and what is known of it now. */
export interface JudgedAttempt {
  attempt: Pick<Attempt, 'payoutId' | 'number' | 'startedAt'>;
  verdict: Verdict;
}

/** What is not clear from the transfer itself passes through \`unknown\`, like after a crash. */
const BECOME_UNKNOWN = `
UPDATE payouts SET state = 'unknown'
FROM unnest($1::uuid[], $2::integer[], $3::text[]) AS judged (id, number, state)
WHERE payouts.id = judged.id AND attempt_number = judged.number
  AND payouts.state = 'transferring' AND judged.state NOT IN ('paid', 'failed')`;

/** No row: somebody else has settled the attempt, or begun the next one. */
const SETTLE = `
UPDATE payouts SET state = judged.state, reason = judged.reason, lease_until = judged.lease_until
FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::timestamptz[])
  AS judged (id, number, state, reason, lease_until)
WHERE payouts.id = judged.id AND attempt_number = judged.number
  AND payouts.state IN ('transferring', 'unknown')
RETURNING payouts.id`;

/**
 * Puts down what became of attempts, all in one transaction: the payouts' new states, and what
 * follows from those that are paid or failed. Where somebody was faster, nothing changes.
 */
export async function settleAttempts(
  books: Books,
  judged: readonly JudgedAttempt[],
): Promise<void> {
  await books.database.transaction(async (tx) => {
    await lockForBooking(tx);
    const now = await books.now(tx);
    // In the same order everywhere: two workers with the same rows do not block each other.
    const rows = judged.map((one) => rowOf(one, now)).sort((a, b) => (a.id < b.id ? -1 : 1));
    const keys = [rows.map((row) => row.id), rows.map((row) => row.number)];
    const states = rows.map((row) => row.state);
    await query(tx, BECOME_UNKNOWN, [...keys, states]);
    const settled = await query<{ id: string }>(tx, SETTLE, [
      ...keys,
      states,
      rows.map((row) => row.reason),
      rows.map((row) => row.leaseUntil),
    ]);
    const ids = new Set(settled.map((row) => row.id));
    const outcomes = judged.flatMap(outcomeOf).filter(({ payoutId }) => ids.has(payoutId));
    await recordOutcomes(tx, books, outcomes, now);
  });
  crashPoint('payout:recorded');
}

interface Row {
  id: string;
  number: number;
  state: PayoutState;
  reason: string | null;
  leaseUntil: Date;
}

function rowOf({ attempt, verdict }: JudgedAttempt, now: Date): Row {
  const triedMs = now.getTime() - attempt.startedAt.getTime();
  return {
    id: attempt.payoutId,
    number: attempt.number,
    state: stateAfter(verdict.verdict, triedMs),
    reason: 'reason' in verdict ? verdict.reason : null,
    leaseUntil: new Date(now.getTime() + delayAfter(triedMs)),
  };
}

function outcomeOf({ attempt: { payoutId }, verdict }: JudgedAttempt): Outcome[] {
  switch (verdict.verdict) {
    case 'succeeded':
      return [
        { payoutId, outcome: 'succeeded', bankReference: verdict.bankReference, reason: null },
      ];
    case 'refused': {
      const { bankReference, reason } = verdict;
      return [{ payoutId, outcome: 'refused', bankReference, reason }];
    }
    default:
      return [];
  }
}
