import { query } from '../../../shared/db/data-source';
import { agreedNow } from '../../../shared/db/database-clock';
import { crashPoint } from '../../../shared/runtime/crash-point';
import { claimSize, leaseOfBatch } from '../../../shared/work/lease';
import type { PayoutContext } from '../context';
import { attemptKey } from '../domain/payout';
import { attemptsOf, holderOf, paidTo, type Attempt } from '../queries/attempts';

interface ClaimedRow {
  id: string;
  attempt_number: number;
  bank_account: string | null;
  creditor_name: string | null;
}

/**
 * Locks the account as well: a concurrent hold waits for the claim, or the claim sees the hold.
 * Payouts of an account that is locked for a change are left for the next round.
 */
const CLAIM_PLANNED = `
WITH due AS MATERIALIZED (
  SELECT payouts.id, ${paidTo('$2')} AS bank_account, ${holderOf('$4::text')} AS creditor_name
  FROM payouts JOIN accounts ON accounts.id = payouts.account_id
  WHERE payouts.state = 'planned' AND accounts.payouts_held_reason IS NULL
  ORDER BY payouts.day, payouts.id LIMIT $3
  FOR UPDATE OF payouts SKIP LOCKED FOR SHARE OF accounts SKIP LOCKED
)
UPDATE payouts SET state = 'transferring', lease_until = $1
FROM due WHERE payouts.id = due.id
RETURNING payouts.id, attempt_number, due.bank_account, due.creditor_name`;

/**
 * An attempt that never arrived, or was held before it was sent, keeps its row, key and bank
 * account.
 */
const BEGIN_ATTEMPTS = `
INSERT INTO payout_attempts (payout_id, number, key, bank_account, started_at, creditor_name)
SELECT payout_id, number, key, bank_account, $5, creditor_name
FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::text[], $6::text[])
  AS attempt (payout_id, number, key, bank_account, creditor_name)
ON CONFLICT (payout_id, number) DO NOTHING`;

/**
 * Claims planned payouts, except those of accounts on hold: each becomes `transferring` under a
 * lease, and its attempt is committed before Payment is called. Throws 503 `clock-off` when the
 * clocks disagree.
 */
export async function claimPlanned(context: PayoutContext): Promise<Attempt[]> {
  const attempts = await context.database.transaction(async (tx) => {
    const now = await agreedNow(context, tx);
    const leaseUntil = leaseOfBatch(now);
    const { managementBankAccount, companyName, inFlight } = context;
    const params = [leaseUntil, managementBankAccount, claimSize(inFlight), companyName];
    const claimed = await query<ClaimedRow>(tx, CLAIM_PLANNED, params);
    if (claimed.length === 0) return [];
    await query(tx, BEGIN_ATTEMPTS, [
      claimed.map((row) => row.id),
      claimed.map((row) => row.attempt_number),
      claimed.map((row) => attemptKey(row.id, row.attempt_number)),
      claimed.map((row) => row.bank_account),
      now,
      claimed.map((row) => row.creditor_name),
    ]);
    return attemptsOf(tx, claimed, leaseUntil);
  });
  if (attempts.length > 0) crashPoint('payout:claimed');
  return attempts;
}
