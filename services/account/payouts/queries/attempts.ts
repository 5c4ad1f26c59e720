import { query, type Tx } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';

/** Attempt to transfer a payout, claimed by this worker. */
export interface Attempt {
  payoutId: string;
  number: number;
  /** Idempotency key at Payment. */
  key: string;
  amountCents: bigint;
  /** Fixed when the attempt begins; null when the account has no number. */
  bankAccount: string | null;
  /** Name of the holder, fixed with the number; null when unknown. */
  creditorName: string | null;
  /** Business day of the payout. */
  day: Day;
  /** An operator ends the transfer: it may take days. */
  isWaiting: boolean;
  /** Start of the attempt, or the last release of a hold when that is later. */
  startedAt: Date;
  /** End of the lease: from then on another worker may claim the attempt. */
  leaseUntil: Date;
}

/**
 * Returns the SQL of a payout's current bank account; `management` is the SQL of the management's.
 */
export const paidTo = (management: string): string =>
  `CASE accounts.kind WHEN 'management' THEN ${management} ELSE accounts.bank_account END`;

/** Returns the SQL of the holder of that bank account. */
export const holderOf = (management: string): string =>
  `CASE accounts.kind WHEN 'management' THEN ${management} ELSE accounts.bank_account_holder END`;

const CURRENT_ATTEMPTS = `
SELECT payout_id, number, key, amount_cents, attempt.bank_account, creditor_name, day,
  waiting_for IS NOT NULL AS is_waiting,
  greatest(started_at, payouts_released_at) AS started_at
FROM payouts JOIN accounts ON accounts.id = account_id
JOIN payout_attempts AS attempt ON payout_id = payouts.id AND number = attempt_number
WHERE payouts.id = ANY ($1::uuid[])`;

interface AttemptRow {
  payout_id: string;
  number: number;
  key: string;
  amount_cents: bigint;
  bank_account: string | null;
  creditor_name: string | null;
  day: Day;
  is_waiting: boolean;
  started_at: Date;
}

/** Returns the current attempts of payouts that were claimed until `leaseUntil`. */
export async function attemptsOf(
  tx: Tx,
  claimed: readonly { id: string }[],
  leaseUntil: Date,
): Promise<Attempt[]> {
  const rows = await query<AttemptRow>(tx, CURRENT_ATTEMPTS, [claimed.map(({ id }) => id)]);
  return rows.map((row) => ({
    payoutId: row.payout_id,
    number: row.number,
    key: row.key,
    amountCents: row.amount_cents,
    bankAccount: row.bank_account,
    creditorName: row.creditor_name,
    day: row.day,
    isWaiting: row.is_waiting,
    startedAt: row.started_at,
    leaseUntil,
  }));
}
