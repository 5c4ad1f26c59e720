import { recordAudit } from '../../shared/db/audit-log';
import { query, type Tx } from '../../shared/db/data-source';
import { conflict, forbidden, notFound } from '../../shared/kernel/errors';
import { mayBecome, type PayoutState } from '../domain/payout';
import type { Books } from '../queries/books';
import { readPayout, type PayoutRecord } from '../queries/payouts';
import { lockForBooking } from './ledger-lock';
import { recordOutcomes } from './record-outcomes';
import { wakePayouts } from './wake-payouts';

/** Which payout an accountant decides about, and who that is. */
export interface Decision {
  payoutId: string;
  actorId: string;
}

/**
 * Has a failed payout tried once more: a new attempt, to the bank account of now. Throws 404,
 * 403 `own-account`, 409 `payout-state` when it has not failed.
 */
export async function retryPayout(books: Books, decision: Decision): Promise<PayoutRecord> {
  return decide(books, decision, 'planned', 'payout.retried', {}, wakePayouts);
}

/**
 * Gives a failed payout up: its amount is owed again at the next closing. Throws 404, 403
 * `own-account`, 409 `payout-state` when it has not failed.
 */
export async function cancelPayout(books: Books, decision: Decision): Promise<PayoutRecord> {
  return decide(books, decision, 'cancelled', 'payout.cancelled', {});
}

/** What an accountant found out about a payout that needs review. */
export interface Finding {
  outcome: 'paid' | 'failed';
  bankReference: string | null;
  reason: string;
}

/**
 * Settles a payout that needs review, as the bank's own books say: booked when it was paid,
 * up to the accountant again when it failed. Throws 404, 403 `own-account`, 409
 * `payout-state` when it needs no review.
 */
export async function resolvePayout(
  books: Books,
  decision: Decision,
  { outcome, bankReference, reason }: Finding,
): Promise<PayoutRecord> {
  const details = { outcome, bankReference, reason };
  return decide(books, decision, outcome, 'payout.resolved', details, async (tx) => {
    const { payoutId } = decision;
    const ended = outcome === 'paid' ? 'succeeded' : 'refused';
    const outcomes = [{ payoutId, outcome: ended, bankReference, reason } as const];
    await recordOutcomes(tx, books, outcomes, await books.now(tx));
  });
}

const LOCK = `
SELECT payouts.state, accounts.user_id
FROM payouts JOIN accounts ON accounts.id = payouts.account_id
WHERE payouts.id = $1 FOR UPDATE OF payouts`;

/** A person may settle only what no machine is working on. */
const DECIDED_BY_PEOPLE: readonly PayoutState[] = ['failed', 'needs_review'];

const CHANGE = `
UPDATE payouts SET state = $2, reason = $3, lease_until = '-infinity',
  attempt_number = attempt_number + CASE $2 WHEN 'planned' THEN 1 ELSE 0 END
WHERE id = $1`;

async function decide(
  { database }: Books,
  { payoutId, actorId }: Decision,
  state: PayoutState,
  action: string,
  details: { reason?: string },
  follow?: (tx: Tx) => Promise<void>,
): Promise<PayoutRecord> {
  return database.transaction(async (tx) => {
    await lockForBooking(tx);
    const [found] = await query<{ state: PayoutState; user_id: string | null }>(tx, LOCK, [
      payoutId,
    ]);
    if (!found) throw notFound('Payout');
    if (found.user_id === actorId) {
      throw forbidden('Somebody else decides about your own payouts', 'own-account');
    }
    if (!DECIDED_BY_PEOPLE.includes(found.state) || !mayBecome(found.state, state)) {
      throw conflict('payout-state', 'The payout does not allow this now', `It is ${found.state}`);
    }
    await query(tx, CHANGE, [payoutId, state, state === 'failed' ? details.reason : null]);
    await follow?.(tx);
    await recordAudit(tx, { actorId, action, subject: payoutId, details });
    return readPayout(tx, payoutId);
  });
}
