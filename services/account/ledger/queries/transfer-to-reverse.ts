import { query, type Tx } from '../../../shared/db/data-source';
import { notFound } from '../../../shared/kernel/errors';
import type { ReversedTransfer } from '../domain/correction';

/**
 * Locks the employee's account. The transfer's row can't be locked: the app role has no right to
 * change the ledger.
 */
const LOCK_ACCOUNT = `
SELECT FROM accounts WHERE kind = 'employee' AND id IN (
  SELECT unnest(ARRAY[debit_account_id, credit_account_id]) FROM transfers WHERE id = $1)
FOR NO KEY UPDATE`;

const FIND = `
SELECT transfers.id, transfers.kind, business_day AS "businessDay", accounts.id AS "accountId",
  user_id AS "userId", transfers.task_id AS "taskId",
  CASE accounts.id WHEN debit_account_id THEN -amount_cents ELSE amount_cents END AS "amountCents",
  (SELECT reversal.id FROM transfers AS reversal WHERE reversal.reverses_id = transfers.id)
    AS "reversedById"
FROM transfers LEFT JOIN accounts
  ON accounts.id IN (debit_account_id, credit_account_id) AND accounts.kind = 'employee'
WHERE transfers.id = $1`;

/**
 * Returns a transfer, seen from the employee's side, and locks the employee's account: corrections
 * of one account, and repeats of a request, run one after another. Throws 404.
 */
export async function transferToReverse(tx: Tx, id: string): Promise<ReversedTransfer> {
  await query(tx, LOCK_ACCOUNT, [id]);
  const [found] = await query<ReversedTransfer>(tx, FIND, [id]);
  if (!found) throw notFound('Entry');
  return found;
}
