import { query } from '../../../shared/db/data-source';
import { oweLetters } from '../../../shared/work/letters/due-letters';
import type { AccountContext } from '../../context';
import { BANK_CLEARING_ACCOUNT_ID } from '../../ledger/domain/system-accounts';
import { bookingDay, type Ledger } from '../../ledger/steps/enter-ledger';
import { lettersAbout } from './payout-letters';

/** Final outcome of an attempt. */
export interface Outcome {
  payoutId: string;
  outcome: 'succeeded' | 'refused';
  bankReference: string | null;
  /** Why Payment refused the transfer; shown to the payee. */
  reason: string | null;
  /** Finding of an accountant, for the books. */
  finding: string | null;
}

const END_ATTEMPTS = `
UPDATE payout_attempts
SET outcome = ended.outcome, bank_reference = ended.bank_reference, reason = ended.reason,
  finding = ended.finding, letter_id = ended.letter_id, settled_at = $7
FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::uuid[])
  AS ended (payout_id, outcome, bank_reference, reason, finding, letter_id)
JOIN payouts ON payouts.id = ended.payout_id
WHERE payout_attempts.payout_id = payouts.id AND number = payouts.attempt_number`;

const BOOK = `
INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents,
  business_day, payout_id, occurred_at)
SELECT uuid_v7(), 'payout', account_id, $2, amount_cents, $3, id, $4
FROM payouts WHERE id = ANY ($1::uuid[])
ORDER BY id`;

/**
 * Records the effects of payouts that have become `paid` or `failed`, in the same transaction: the
 * end of the attempt, the transfer of a paid payout, and the letter.
 */
export async function recordOutcomes(
  ledger: Ledger,
  context: AccountContext,
  outcomes: readonly Outcome[],
): Promise<void> {
  if (outcomes.length === 0) return;
  const { tx, now } = ledger;
  const ids = outcomes.map(({ payoutId }) => payoutId);
  const letters = await lettersAbout(tx, outcomes, context.currency);
  await query(tx, END_ATTEMPTS, [
    ids,
    outcomes.map(({ outcome }) => outcome),
    outcomes.map(({ bankReference }) => bankReference),
    outcomes.map(({ reason }) => reason),
    outcomes.map(({ finding }) => finding),
    outcomes.map(({ payoutId }) => letters.get(payoutId)?.id ?? null),
    now,
  ]);
  const paid = outcomes.filter(({ outcome }) => outcome === 'succeeded');
  if (paid.length > 0) {
    const day = await bookingDay(ledger, context);
    const params = [paid.map(({ payoutId }) => payoutId), BANK_CLEARING_ACCOUNT_ID, day, now];
    await query(tx, BOOK, params);
  }
  await oweLetters(tx, [...letters.values()], now);
}
