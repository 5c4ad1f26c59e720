import { query } from '../../shared/db/data-source';
import { isDataError } from '../../shared/db/errors';
import { writeHalving } from '../../shared/db/halve';
import { throwAll } from '../../shared/kernel/every-step';
import { delayAfter } from '../../shared/kernel/patience';
import { crashPoint } from '../../shared/runtime/crash-point';
import {
  combined,
  reviewDelayAfter,
  stateAfter,
  type PayoutState,
  type Verdict,
} from '../domain/payout';
import type { Books } from '../queries/books';
import type { Attempt } from './claim-payouts';
import { enterLedger, type Ledger } from './ledger-lock';
import { recordOutcomes, type Outcome } from './record-outcomes';

/** An attempt and what is known of it now. */
export interface JudgedAttempt {
  attempt: Pick<Attempt, 'payoutId' | 'number' | 'startedAt' | 'leaseUntil'>;
  verdict: Verdict;
}

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

/**
 * Puts down what became of attempts, all in one transaction: the payouts' new states, and what
 * follows from those that are paid or failed. Where somebody was faster, nothing changes.
 *
 * A payout that the database refuses to settle does not keep its neighbours from it: it needs
 * review, and the reason says what was refused. Throws what went wrong, when the others are
 * settled.
 */
export async function settleAttempts(
  books: Books,
  judged: readonly JudgedAttempt[],
): Promise<void> {
  const errors: unknown[] = [];
  await writeHalving(oneVerdictEach(judged), {
    write: (part) => settle(books, part),
    giveUp: async (part, error) => {
      errors.push(error);
      if (!isDataError(error)) return;
      const reason = `The books refuse it: ${error instanceof Error ? error.message : ''}`;
      const verdict = { verdict: 'nonsense', reason } as const;
      const parked = part.map(({ attempt }) => ({ attempt, verdict }));
      await settle(books, parked).catch((another: unknown) => errors.push(another));
    },
  });
  crashPoint('payout:recorded');
  throwAll(errors);
}

const keyOf = (payoutId: string, number: number): string => `${payoutId}/${number}`;

/** A worker that stood still may have asked twice: one statement can follow one answer only. */
function oneVerdictEach(judged: readonly JudgedAttempt[]): JudgedAttempt[] {
  const byKey = new Map<string, JudgedAttempt>();
  for (const one of judged) {
    const key = keyOf(one.attempt.payoutId, one.attempt.number);
    const earlier = byKey.get(key);
    const verdict = earlier ? combined(earlier.verdict, one.verdict) : one.verdict;
    byKey.set(key, { attempt: laterOf(earlier?.attempt, one.attempt), verdict });
  }
  return [...byKey.values()];
}

type JudgedOne = JudgedAttempt['attempt'];

/** The one of the later claim. */
function laterOf(earlier: JudgedOne | undefined, one: JudgedOne): JudgedOne {
  return earlier && earlier.leaseUntil > one.leaseUntil ? earlier : one;
}

interface Settled {
  id: string;
  number: number;
  state: PayoutState;
}

async function settle(books: Books, judged: readonly JudgedAttempt[]): Promise<void> {
  await books.database.transaction(async (tx) => {
    await settleWithin(await enterLedger(tx), books, judged);
  });
}

/** The same as a part of somebody's transaction: all of it, or nothing. One verdict per attempt. */
export async function settleWithin(
  ledger: Ledger,
  books: Books,
  judged: readonly JudgedAttempt[],
): Promise<void> {
  const { tx } = ledger;
  const now = await books.now(tx);
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
  await recordOutcomes(ledger, books, outcomesOf(settled, judged), now);
}

/** What follows is taken from what really changed: never from what was asked for. */
function outcomesOf(settled: readonly Settled[], judged: readonly JudgedAttempt[]): Outcome[] {
  const verdicts = new Map(
    judged.map(({ attempt, verdict }) => [keyOf(attempt.payoutId, attempt.number), verdict]),
  );
  return settled.flatMap(({ id: payoutId, number, state }): Outcome[] => {
    const verdict = verdicts.get(keyOf(payoutId, number))!;
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
    leaseUntil: after(delayAfter(triedMs)),
    reviewUntil: after(reviewDelayAfter(triedMs)),
  };
}

/** For accountants. */
function reasonOf(verdict: Verdict): string | null {
  if ('reason' in verdict) return verdict.reason;
  return verdict.verdict === 'never-arrived' ? 'Payment never heard of it' : null;
}
