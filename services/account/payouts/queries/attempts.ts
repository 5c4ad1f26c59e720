import { query, type Tx } from '../../../shared/db/data-source';

/** One attempt to transfer a payout, taken up by this worker. */
export interface Attempt {
  payoutId: string;
  number: number;
  /** Payment's key. */
  key: string;
  amountCents: bigint;
  /** Fixed when the attempt began; null when the account had none. */
  bankAccount: string | null;
  /** Since when it is tried: since it began, or was let go after a hold. */
  startedAt: Date;
  /** From then on it may be somebody else's. */
  leaseUntil: Date;
}

/** The SQL of the bank account that a payout goes to now; `management` stands for its own. */
export const paidTo = (management: string): string =>
  `CASE accounts.kind WHEN 'management' THEN ${management} ELSE accounts.bank_account END`;

const CURRENT_ATTEMPTS = `
SELECT payout_id, number, key, amount_cents, attempt.bank_account,
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
  started_at: Date;
}

/** The current attempts of payouts that were just claimed until that moment. */
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
    startedAt: row.started_at,
    leaseUntil,
  }));
}
