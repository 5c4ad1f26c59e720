import type { RowsSql } from '../../../shared/db/compared-rows';

/** Fees of the ledger, as Board writes its assignments. */
export const FEES: RowsSql = (low, high) => `
SELECT task_id AS id, task_id || '/' || assignment_number AS key,
  accounts.user_id || ' ' || amount_cents AS content, occurred_at AS at
FROM transfers JOIN accounts ON accounts.id = debit_account_id
WHERE transfers.kind = 'fee' AND task_id >= ${low} AND task_id < ${high}`;

/** Rewards of the ledger, as Board writes its finished tasks. */
export const REWARDS: RowsSql = (low, high) => `
SELECT task_id AS id, task_id::text AS key,
  accounts.user_id || ' ' || amount_cents AS content, occurred_at AS at
FROM transfers JOIN accounts ON accounts.id = credit_account_id
WHERE transfers.kind = 'reward' AND task_id >= ${low} AND task_id < ${high}`;

/**
 * Successful attempts, as Payment writes its bank transfers. Those with an accountant's finding are
 * left out: Payment has no bank transfer of theirs.
 */
export const SUCCEEDED_ATTEMPTS: RowsSql = (low, high) => `
SELECT key AS id, key::text AS key, amount_cents || ' ' || attempt.bank_account AS content,
  settled_at AS at
FROM payout_attempts AS attempt JOIN payouts ON payouts.id = payout_id
WHERE outcome = 'succeeded' AND finding IS NULL AND key >= ${low} AND key < ${high}`;
