import { isDataError } from '../../../shared/db/errors';
import { query, type Tx } from '../../../shared/db/data-source';
import { asLongAgain } from '../../../shared/kernel/delays';
import type { AccountContext } from '../../context';
import { enterLedger } from '../../ledger/steps/enter-ledger';
import {
  findingAbout,
  type OrderedAttempt,
  type ReturnedTransfer,
} from '../domain/returned-transfer';
import { orderedAttempt } from '../queries/returned-transfers';
import { recordReturn } from '../steps/record-return';

/** Longest delay before a return that can't be booked is tried again. */
const LONGEST_REST_MS = 3_600_000;

/**
 * Books a returned transfer back in one transaction: the payout becomes `returned`, its amount is
 * owed again, and the payee gets a letter. A return that does not fit a paid payout stays open with
 * its finding, and is tried again after a delay, up to an hour. Returns the finding, or null when
 * the return is booked, by whatever process. Any number of workers may do this at once.
 */
export async function bookReturn(context: AccountContext, key: string): Promise<string | null> {
  try {
    return await context.database.transaction((tx) => book(tx, context, key));
  } catch (error) {
    if (!isDataError(error)) throw error;
    const finding = `The books refuse it: ${error instanceof Error ? error.message : ''}`;
    await context.database.transaction((tx) => postpone(tx, context, key, finding));
    throw error;
  }
}

/** Compare and set: no row when another process has booked the return. */
const LOCK = `
SELECT key, amount_cents AS "amountCents", currency, reason, returned_at AS "returnedAt"
FROM returned_transfers WHERE key = $1 AND booked_at IS NULL FOR UPDATE`;

async function book(tx: Tx, context: AccountContext, key: string): Promise<string | null> {
  const ledger = await enterLedger(tx, context);
  const [returned] = await query<ReturnedTransfer>(tx, LOCK, [key]);
  if (!returned) return null;
  const attempt = await orderedAttempt(tx, key, 'locked');
  const finding = findingAbout(returned, attempt, context.currency);
  if (finding !== null) await postpone(tx, context, key, finding);
  else await recordReturn(ledger, context, { returned, attempt: attempt as OrderedAttempt });
  return finding;
}

const HEARD = `SELECT heard_at AS "heardAt" FROM returned_transfers WHERE key = $1`;

const POSTPONE = `
UPDATE returned_transfers SET finding = $2, next_try_at = $3 WHERE key = $1 AND booked_at IS NULL`;

async function postpone(
  tx: Tx,
  context: AccountContext,
  key: string,
  finding: string,
): Promise<void> {
  const now = await context.now(tx);
  const [row] = await query<{ heardAt: Date }>(tx, HEARD, [key]);
  const restMs = asLongAgain(now.getTime() - row!.heardAt.getTime(), LONGEST_REST_MS);
  await query(tx, POSTPONE, [key, finding, new Date(now.getTime() + restMs)]);
}
