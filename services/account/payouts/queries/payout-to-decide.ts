import { query, type Database, type Tx } from '../../../shared/db/data-source';
import { forbidden, notFound } from '../../../shared/kernel/errors';
import type { Decision } from '../domain/decision';
import type { PayoutState } from '../domain/payout';

/** Current state of a payout that an accountant decides about. */
export interface DecidedPayout {
  id: string;
  state: PayoutState;
  attemptNumber: number;
  userId: string | null;
  isHeld: boolean;
}

const FIND = `
SELECT payouts.id, state, attempt_number AS "attemptNumber", user_id AS "userId",
  payouts_held_reason IS NOT NULL AS "isHeld"
FROM payouts JOIN accounts ON accounts.id = account_id WHERE payouts.id = $1`;

/** Locks the payout, then its account: a concurrent hold waits, or its result is seen. */
const LOCK = `${FIND} FOR UPDATE OF payouts FOR SHARE OF accounts`;

/** Returns the payout of a decision. Throws 404, 403 `own-account`. */
export async function payoutToDecide(
  tx: Tx | Database,
  { payoutId, request }: Decision,
  lock: 'locked' | 'unlocked',
): Promise<DecidedPayout> {
  const sql = lock === 'locked' ? LOCK : FIND;
  const [found] = await query<DecidedPayout>(tx, sql, [payoutId]);
  if (!found) throw notFound('Payout');
  if (found.userId === request.actorId) {
    throw forbidden('Somebody else decides about your own payouts', 'own-account');
  }
  return found;
}
