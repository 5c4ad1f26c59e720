import { query, type Tx } from '../../shared/db/data-source';
import type { ReturnLine } from '../clients/rail';
import type { PaymentContext } from '../context';
import {
  keyOf,
  matchReturn,
  readAgainInMs,
  type Match,
  type NamedTransfer,
} from '../domain/returned-transfer';
import { insertReturned, lockReturns } from '../steps/insert-returned';

const NAMED = `
SELECT key, state, rail, bank_transfers.amount_cents AS "amountCents",
  bank_transfers.currency, bank_account AS "bankAccount", bank_reference AS "bankReference",
  statement_position AS "returnedBy"
FROM bank_transfers LEFT JOIN returned_transfers USING (key)
WHERE key = ANY ($1::uuid[])`;

const READ_AGAIN = `
INSERT INTO unmatched_returns (rail, position, why, is_nonsense, tries, next_try_at, first_seen_at)
VALUES ($1, $2, $3, $4, 1, $5, $6)
ON CONFLICT (rail, position) DO UPDATE SET why = excluded.why, tries = unmatched_returns.tries + 1,
  is_nonsense = excluded.is_nonsense, next_try_at = excluded.next_try_at`;

const FORGET = 'DELETE FROM unmatched_returns WHERE rail = $1 AND position = $2';

/** Only forward: another process may have read further after the lease of this one expired. */
const MOVE_ON = `
UPDATE return_statements SET read_up_to = greatest(read_up_to, $2), fault = NULL WHERE rail = $1`;

/**
 * Records the lines of a rail's statement of returns, in one transaction with the position read:
 * each returned transfer once. A line that fits no executed transfer is never applied: it is kept
 * and read again. `tries` counts how often these lines were read before.
 */
export async function recordReturns(
  context: PaymentContext,
  rail: string,
  lines: readonly ReturnLine[],
  tries = 0,
): Promise<void> {
  const { database, logger } = context;
  await database.transaction(async (tx) => {
    await lockReturns(tx);
    const now = await context.now(database);
    const nextTryAt = new Date(now.getTime() + readAgainInMs(tries + 1));
    for (const line of lines) {
      const { position, reference } = line;
      const key = keyOf(reference);
      const match = matchReturn(line, rail, key === null ? null : await named(tx, key));
      if (match.kind === 'returned') {
        await insertReturned(tx, [{ ...line, key: key!, statementPosition: position }], now);
      }
      await remember(tx, rail, position, match, nextTryAt, now);
      const facts = { rail, position: String(position), reference, ...match };
      if (match.kind === 'nonsense') logger.error(facts, 'a return fits no transfer');
      else logger.info(facts, 'return read');
    }
    const last = lines.at(-1);
    if (last) await query(tx, MOVE_ON, [rail, last.position]);
  });
}

/** Returns the transfer as it is after the lines before: a page may name a transfer twice. */
async function named(tx: Tx, key: string): Promise<NamedTransfer | null> {
  const [row] = await query<NamedTransfer>(tx, NAMED, [[key]]);
  return row ?? null;
}

async function remember(
  tx: Tx,
  rail: string,
  position: bigint,
  match: Match,
  nextTryAt: Date,
  now: Date,
): Promise<void> {
  if (!('why' in match)) return void (await query(tx, FORGET, [rail, position]));
  const isNonsense = match.kind === 'nonsense';
  await query(tx, READ_AGAIN, [rail, position, match.why, isNonsense, nextTryAt, now]);
}
