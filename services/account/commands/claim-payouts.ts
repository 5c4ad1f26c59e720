import { query, type Tx } from '../../shared/db/data-source';
import { agreedNow } from '../../shared/db/database-clock';
import { crashPoint } from '../../shared/runtime/crash-point';
import { attemptKey } from '../domain/payout';
import { claimSize, leaseFrom, type PayoutDesk } from './payout-desk';

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

interface ClaimedRow {
  id: string;
  attempt_number: number;
  bank_account: string | null;
}

/** The SQL of the bank account that a payout goes to now; `management` stands for its own. */
export const paidTo = (management: string): string =>
  `CASE accounts.kind WHEN 'management' THEN ${management} ELSE accounts.bank_account END`;

/**
 * The account is locked as well: whoever puts it on hold waits for us, or we see the hold. Where
 * its row is being changed right now, its payout is left for the next round.
 */
const CLAIM_PLANNED = `
WITH due AS MATERIALIZED (
  SELECT payouts.id, ${paidTo('$2')} AS bank_account
  FROM payouts JOIN accounts ON accounts.id = payouts.account_id
  WHERE payouts.state = 'planned' AND accounts.payouts_held_reason IS NULL
  ORDER BY payouts.day, payouts.id LIMIT $3
  FOR UPDATE OF payouts SKIP LOCKED FOR SHARE OF accounts SKIP LOCKED
)
UPDATE payouts SET state = 'transferring', lease_until = $1
FROM due WHERE payouts.id = due.id
RETURNING payouts.id, attempt_number, due.bank_account`;

/** An attempt that was not sent, or never arrived, is there already, with its key and account. */
const BEGIN_ATTEMPTS = `
INSERT INTO payout_attempts (payout_id, number, key, bank_account, started_at)
SELECT payout_id, number, key, bank_account, $5
FROM unnest($1::uuid[], $2::integer[], $3::uuid[], $4::text[])
  AS attempt (payout_id, number, key, bank_account)
ON CONFLICT (payout_id, number) DO NOTHING`;

/**
 * Takes up planned payouts, but those of accounts on hold: each is `transferring`, leased to us,
 * and its attempt is written down before anybody is asked for anything.
 */
export async function claimPlanned(desk: PayoutDesk): Promise<Attempt[]> {
  const attempts = await desk.database.transaction(async (tx) => {
    const now = await agreedNow(desk, tx);
    const leaseUntil = leaseFrom(now);
    const params = [leaseUntil, desk.managementBankAccount, claimSize(desk)];
    const claimed = await query<ClaimedRow>(tx, CLAIM_PLANNED, params);
    if (claimed.length === 0) return [];
    await query(tx, BEGIN_ATTEMPTS, [
      claimed.map((row) => row.id),
      claimed.map((row) => row.attempt_number),
      claimed.map((row) => attemptKey(row.id, row.attempt_number)),
      claimed.map((row) => row.bank_account),
      now,
    ]);
    return attemptsOf(tx, claimed, leaseUntil);
  });
  if (attempts.length > 0) crashPoint('payout:claimed');
  return attempts;
}

const CLAIM_UNCLEAR = `
WITH due AS MATERIALIZED (
  SELECT id FROM payouts
  WHERE state IN ('transferring', 'unknown', 'needs_review') AND lease_until <= $1
  ORDER BY lease_until LIMIT $3 FOR UPDATE SKIP LOCKED
)
UPDATE payouts SET lease_until = $2,
  state = CASE state WHEN 'needs_review' THEN state ELSE 'unknown' END
FROM due WHERE payouts.id = due.id
RETURNING payouts.id`;

/**
 * Takes up payouts of which nobody knows what became: those of a worker whose lease ran out,
 * and those that have rested since the last question, also while they need review.
 */
export async function claimUnclear(desk: PayoutDesk): Promise<Attempt[]> {
  return desk.database.transaction(async (tx) => {
    const now = await agreedNow(desk, tx);
    const leaseUntil = leaseFrom(now);
    const params = [now, leaseUntil, claimSize(desk)];
    const claimed = await query<{ id: string }>(tx, CLAIM_UNCLEAR, params);
    return claimed.length === 0 ? [] : attemptsOf(tx, claimed, leaseUntil);
  });
}

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

async function attemptsOf(
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
