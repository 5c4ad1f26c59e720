import { query, type Tx } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import { toMoney } from '../../../shared/kernel/money';
import { oweLetters } from '../../../shared/work/letters/due-letters';
import type { AccountContext } from '../../context';
import { BANK_CLEARING_ACCOUNT_ID } from '../../ledger/domain/system-accounts';
import { bookingDay, type Ledger } from '../../ledger/steps/enter-ledger';
import { returnLetterKey } from '../domain/payout';
import type { OrderedAttempt, ReturnedTransfer } from '../domain/returned-transfer';
import { publishPayouts } from './publish-payouts';

/** Returned transfer and the paid attempt that ordered it. */
export interface PaidReturn {
  returned: Pick<ReturnedTransfer, 'key' | 'reason' | 'returnedAt'>;
  attempt: OrderedAttempt;
}

/** Before the transfer: a return is refused while its payout is not returned. */
const RELEASE = `UPDATE payouts SET state = 'returned', reason = $2 WHERE id = $1`;

/** A time in the future, by the bank's clock, counts as now. */
const BOOK = `
INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents,
  business_day, payout_id, reason, occurred_at)
SELECT uuid_v7(), 'return', $2, account_id, amount_cents, $3, id, $4, least($5::timestamptz, $6)
FROM payouts WHERE id = $1`;

const END = `
UPDATE returned_transfers SET payout_id = $2, booked_at = $3, finding = NULL, letter_id = $4
WHERE key = $1`;

/**
 * Records that the bank sent a paid payout back: the payout's state, the transfer back, which
 * belongs to the open day, and the letter to an employee.
 */
export async function recordReturn(
  ledger: Ledger,
  context: AccountContext,
  { returned, attempt: { payoutId } }: PaidReturn,
): Promise<void> {
  const { tx, now } = ledger;
  const { key, reason, returnedAt } = returned;
  await query(tx, RELEASE, [payoutId, reason]);
  const day = await bookingDay(ledger, context);
  await query(tx, BOOK, [payoutId, BANK_CLEARING_ACCOUNT_ID, day, reason, returnedAt, now]);
  const letter = await letterAbout(tx, context, payoutId, reason);
  await query(tx, END, [key, payoutId, now, letter?.id ?? null]);
  if (letter) await oweLetters(tx, [letter], now);
  await publishPayouts(tx, [payoutId], now, { isBooked: true });
}

const PAYEE = `
SELECT user_id AS "userId", day, amount_cents AS "amountCents"
FROM payouts JOIN accounts ON accounts.id = account_id
WHERE payouts.id = $1 AND kind = 'employee'`;

interface Payee {
  userId: string;
  day: Day;
  amountCents: bigint;
}

/** Returns the letter to the payee; undefined for the management, which gets no letters. */
async function letterAbout(
  tx: Tx,
  { currency }: AccountContext,
  payoutId: string,
  reason: string,
): Promise<Parameters<typeof oweLetters>[1][number] | undefined> {
  const [payee] = await query<Payee>(tx, PAYEE, [payoutId]);
  if (!payee) return undefined;
  const { userId, day, amountCents } = payee;
  const amount = toMoney(amountCents, currency);
  const content = { template: 'payout-returned', day, amount, reason } as const;
  return { id: returnLetterKey(payoutId), userId, recipient: null, content };
}
