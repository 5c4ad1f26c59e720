import { recordAudit } from '../../../shared/db/audit-log';
import { query, type Tx } from '../../../shared/db/data-source';
import { conflict, forbidden, notFound } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import { enterLedger, type Ledger } from '../../ledger/steps/enter-ledger';
import { mayBecome, type PayoutState } from '../domain/payout';
import { readPayout, type PayoutRecord } from '../queries/payouts';
import { decideOnce, type DecisionRequest } from './decide-once';

/** Which payout an accountant decides about, and the request that says so. */
export interface Decision {
  payoutId: string;
  request: DecisionRequest;
}

/** How a payout is answered; the answer is kept, so that a repeat is answered the same. */
export type Present<View extends object> = (payout: PayoutRecord) => View;

/** A payout that somebody decides about, as it is now. */
export interface DecidedPayout {
  id: string;
  state: PayoutState;
  attemptNumber: number;
  userId: string | null;
  isHeld: boolean;
}

/** What a decision does, in its transaction. */
export interface Change {
  action: string;
  /** For the audit log. */
  details: object;
  change(ledger: Ledger, payout: DecidedPayout): Promise<void>;
}

const FIND = `
SELECT payouts.id, state, attempt_number AS "attemptNumber", user_id AS "userId",
  payouts_held_reason IS NOT NULL AS "isHeld"
FROM payouts JOIN accounts ON accounts.id = account_id WHERE payouts.id = $1`;

/** The payout first, then its account: whoever holds that account waits for us, or we see it. */
const LOCK = `${FIND} FOR UPDATE OF payouts FOR SHARE OF accounts`;

/** The payout as it is, for somebody who may decide about it. Throws 404, 403 `own-account`. */
export async function payoutToDecide(
  context: AccountContext,
  decision: Decision,
): Promise<DecidedPayout> {
  const [found] = await query<DecidedPayout>(context.database, FIND, [decision.payoutId]);
  return demandOthers(found, decision);
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
  const [found] = await query<DecidedPayout>(tx, LOCK, [payoutId]);
  const payout = demandOthers(found, decision);
  return decideOnce(tx, request, async () => {
    await change(ledger, payout);
    await recordAudit(tx, { actorId: request.actorId, action, subject: payoutId, details });
    return present(await readPayout(tx, payoutId));
  });
}

function demandOthers(found: DecidedPayout | undefined, { request }: Decision): DecidedPayout {
  if (!found) throw notFound('Payout');
  if (found.userId === request.actorId) {
    throw forbidden('Somebody else decides about your own payouts', 'own-account');
  }
  return found;
}

/** A person may settle only what no machine is working on. */
const DECIDED_BY_PEOPLE: readonly PayoutState[] = ['failed', 'needs_review'];

/** Throws 409 `payout-state` when nobody may have the payout go on to that state now. */
export function demandChange({ state }: DecidedPayout, to: PayoutState): void {
  if (DECIDED_BY_PEOPLE.includes(state) && mayBecome(state, to)) return;
  throw conflict('payout-state', 'The payout does not allow this now', `It is ${state}`);
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
