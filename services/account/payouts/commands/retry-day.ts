import { recordAudits } from '../../../shared/db/audit-log';
import { query, type Tx } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import { notFound } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import type { DecisionRequest } from '../../ledger/domain/decision';
import { decideOnce } from '../../ledger/steps/decide-once';
import { enterLedger } from '../../ledger/steps/enter-ledger';
import { wakePayouts } from '../../ledger/steps/wake-payouts';
import { publishPayouts } from '../steps/publish-payouts';

/** Serialises requests for one day, so that a repeat finds the stored answer. */
const LOCK_DAY = `SELECT FROM business_days WHERE day = $1 FOR NO KEY UPDATE`;

/**
 * Locks each payout, then its account, like the decision about one payout. The lock waits for a
 * concurrent hold; the condition is checked again after the wait.
 */
const RETRY = `
WITH failed AS MATERIALIZED (
  SELECT payouts.id FROM payouts JOIN accounts ON accounts.id = account_id
  WHERE day = $1 AND state = 'failed' AND payouts_held_reason IS NULL
    AND user_id IS DISTINCT FROM $2
  ORDER BY payouts.id FOR UPDATE OF payouts FOR SHARE OF accounts
)
UPDATE payouts SET state = 'planned', reason = NULL, lease_until = '-infinity',
  attempt_number = attempt_number + 1
FROM failed WHERE payouts.id = failed.id
RETURNING payouts.id`;

/**
 * Plans all failed payouts of a day again, except the caller's own and those of accounts on hold,
 * each with an audit row; returns how many. A repeat of the request returns the first answer.
 * Throws 404 for an unknown day, 422 `idempotency-key-reused`.
 */
export async function retryDay(
  context: AccountContext,
  day: Day,
  request: DecisionRequest,
): Promise<{ count: number }> {
  return context.database.transaction(async (tx) => {
    const { now } = await enterLedger(tx, context);
    if ((await query(tx, LOCK_DAY, [day])).length === 0) throw notFound('Business day');
    return decideOnce(tx, request, () => retryFailed(tx, day, request.actorId, now));
  });
}

async function retryFailed(
  tx: Tx,
  day: Day,
  actorId: string,
  now: Date,
): Promise<{ count: number }> {
  const retried = await query<{ id: string }>(tx, RETRY, [day, actorId]);
  if (retried.length === 0) return { count: 0 };
  const change = { before: { state: 'failed' }, after: { state: 'planned' } };
  await recordAudits(
    tx,
    retried.map(({ id }) => ({ actorId, action: 'payout.retried', subject: id, ...change })),
  );
  await wakePayouts(tx);
  const ids = retried.map(({ id }) => id);
  await publishPayouts(tx, ids, now, { isBooked: false });
  return { count: retried.length };
}
