import { recordAudit } from '../../../shared/db/audit-log';
import { query } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import { toMoney } from '../../../shared/kernel/money';
import { oweLetter } from '../../../shared/work/letters/due-letters';
import type { AccountContext } from '../../context';
import { demandReversible, type Correctable } from '../domain/correction';
import type { DecisionRequest } from '../domain/decision';
import { transferToReverse } from '../queries/transfer-to-reverse';
import { decideOnce } from '../steps/decide-once';
import { bookingDay, enterLedger, type Ledger } from '../steps/enter-ledger';
import { publishEntries } from '../steps/publish-entries';

/** An accountant's request to reverse an entry. */
export interface Correction {
  entryId: string;
  /** For the books and for the person whose entry it is. */
  reason: string;
  request: DecisionRequest;
}

/** The booked reversal: its holder, and its place in the holder's statement. */
export interface Reversal {
  id: string;
  accountId: string;
  userId: string;
  day: Day;
  /** Decimal string of a bigint. */
  position: string;
}

/**
 * Reverses a fee, a reward or a reversal by one opposite transfer on the open day, with an audit
 * row and a letter to its holder. A balance that falls below zero is carried. A repeat of the
 * request returns the same reversal. Throws 404, 403 `own-account`, 409 `not-reversible` for
 * payouts and returns, 409 `already-reversed`, 422 `idempotency-key-reused`.
 */
export async function reverseEntry(
  context: AccountContext,
  { entryId, reason, request }: Correction,
): Promise<Reversal> {
  return context.database.transaction(async (tx) => {
    const ledger = await enterLedger(tx, context);
    const transfer = await transferToReverse(tx, entryId);
    return decideOnce(tx, request, async () => {
      const original = demandReversible(transfer, request.actorId);
      const reversal = await book(ledger, context, original, { reason, authorId: request.actorId });
      await record(ledger, context, { original, reversal, reason, actorId: request.actorId });
      return reversal;
    });
  });
}

const BOOK = `
INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents, business_day,
  task_id, reverses_id, reason, author_id, occurred_at)
SELECT uuid_v7(), 'reversal', credit_account_id, debit_account_id, amount_cents, $2,
  task_id, id, $3, $4, $5
FROM transfers WHERE id = $1
RETURNING id, position`;

async function book(
  ledger: Ledger,
  context: AccountContext,
  { id, accountId, userId }: Correctable,
  { reason, authorId }: { reason: string; authorId: string },
): Promise<Reversal> {
  const day = await bookingDay(ledger, context);
  const params = [id, day, reason, authorId, ledger.now];
  const [row] = await query<{ id: string; position: bigint }>(ledger.tx, BOOK, params);
  return { id: row!.id, accountId, userId, day, position: row!.position.toString() };
}

interface Recorded {
  original: Correctable;
  reversal: Reversal;
  reason: string;
  actorId: string;
}

async function record(
  { tx, now }: Ledger,
  { currency }: AccountContext,
  { original, reversal, reason, actorId }: Recorded,
): Promise<void> {
  const { id, kind, userId, businessDay, amountCents } = original;
  await recordAudit(tx, {
    actorId,
    action: 'entry.reversed',
    subject: id,
    before: { userId, kind, day: businessDay, amount: toMoney(amountCents, currency) },
    after: { reversalId: reversal.id, day: reversal.day, amount: toMoney(-amountCents, currency) },
    reason,
  });
  const amount = toMoney(-amountCents, currency);
  const content = { template: 'entry-reversed', kind, day: businessDay, amount, reason } as const;
  await oweLetter(tx, { userId, recipient: null, content }, now);
  await publishEntries(tx, [userId], now);
}
