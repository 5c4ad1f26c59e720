import { recordAudit } from '../../../shared/db/audit-log';
import { query, type Tx } from '../../../shared/db/data-source';
import type { AccountContext } from '../../context';
import { enterLedger, type Ledger } from '../../ledger/steps/enter-ledger';
import type { Decision } from '../domain/decision';
import type { PayoutState } from '../domain/payout';
import { payoutToDecide, type DecidedPayout } from '../queries/payout-to-decide';
import { readPayout, type PayoutRecord } from '../queries/payouts';
import { decideOnce } from '../../ledger/steps/decide-once';
import { publishPayouts } from './publish-payouts';

/** Presents the decided payout; the answer is stored and returned to repeats. */
export type Present<View extends object> = (payout: PayoutRecord) => View;

/** Effect of a decision, in its transaction. */
export interface Change {
  action: string;
  /** Facts of the decision, for the audit row. */
  facts?: object;
  reason?: string;
  change(ledger: Ledger, payout: DecidedPayout): Promise<void>;
}

/**
 * Decides about a payout, once per idempotency key, and records the decision in the audit log. The
 * ledger's lock and the payout's row lock are held. Throws 404, 403 `own-account`, 422
 * `idempotency-key-reused`, and what the change throws.
 */
export async function decidePayout<View extends object>(
  tx: Tx,
  context: AccountContext,
  decision: Decision,
  present: Present<View>,
  { action, facts, reason, change }: Change,
): Promise<View> {
  const { payoutId, request } = decision;
  const ledger = await enterLedger(tx, context);
  const payout = await payoutToDecide(tx, decision, 'locked');
  return decideOnce(tx, request, async () => {
    await change(ledger, payout);
    const decided = await readPayout(tx, payoutId);
    await publishPayouts(tx, [payoutId], ledger.now, { isBooked: decided.state === 'paid' });
    await recordAudit(tx, {
      actorId: request.actorId,
      action,
      subject: payoutId,
      before: { state: payout.state },
      after: { state: decided.state, ...facts },
      reason: reason ?? null,
    });
    return present(decided);
  });
}

const CHANGE = `
UPDATE payouts SET state = $2, reason = $3, lease_until = '-infinity',
  attempt_number = attempt_number + CASE $2 WHEN 'planned' THEN 1 ELSE 0 END
WHERE id = $1`;

/**
 * Changes the state of a payout; a new state `planned` begins the next attempt. The reason is for
 * accountants.
 */
export async function changeState(
  tx: Tx,
  { id }: DecidedPayout,
  to: PayoutState,
  reason: string | null,
): Promise<void> {
  await query(tx, CHANGE, [id, to, reason]);
}
