import { recordAudit } from '../../../shared/db/audit-log';
import { query, type Tx } from '../../../shared/db/data-source';
import type { AccountContext } from '../../context';
import { enterLedger, type Ledger } from '../../ledger/steps/enter-ledger';
import type { Decision } from '../domain/decision';
import type { PayoutState } from '../domain/payout';
import { payoutToDecide, type DecidedPayout } from '../queries/payout-to-decide';
import { readPayout, type PayoutRecord } from '../queries/payouts';
import { decideOnce } from './decide-once';

/** How a payout is answered; the answer is kept, so that a repeat is answered the same. */
export type Present<View extends object> = (payout: PayoutRecord) => View;

/** What a decision does, in its transaction. */
export interface Change {
  action: string;
  /** For the audit log. */
  details: object;
  change(ledger: Ledger, payout: DecidedPayout): Promise<void>;
}

/** Decides about a payout, once; with the ledger's and the payout's lock, and on record. */
export async function decidePayout<View extends object>(
  tx: Tx,
  context: AccountContext,
  decision: Decision,
  present: Present<View>,
  { action, details, change }: Change,
): Promise<View> {
  const { payoutId, request } = decision;
  const ledger = await enterLedger(tx, context);
  const payout = await payoutToDecide(tx, decision, 'locked');
  return decideOnce(tx, request, async () => {
    await change(ledger, payout);
    await recordAudit(tx, { actorId: request.actorId, action, subject: payoutId, details });
    return present(await readPayout(tx, payoutId));
  });
}

const CHANGE = `
UPDATE payouts SET state = $2, reason = $3, lease_until = '-infinity',
  attempt_number = attempt_number + CASE $2 WHEN 'planned' THEN 1 ELSE 0 END
WHERE id = $1`;

/** Has a payout go on to that state; the reason is for accountants. */
export async function changeState(
  tx: Tx,
  { id }: DecidedPayout,
  to: PayoutState,
  reason: string | null,
): Promise<void> {
  await query(tx, CHANGE, [id, to, reason]);
}
