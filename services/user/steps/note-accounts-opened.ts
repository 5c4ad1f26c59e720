import { query, type Tx } from '../../shared/db/data-source';
import { activateReady } from '../steps/activate-ready';

/** Clears the bank account number, which is now Account's; a repeat keeps the first time. */
const NOTE = `
WITH opened AS (SELECT id FROM users WHERE id = ANY($1::uuid[]) ORDER BY id FOR NO KEY UPDATE)
UPDATE users SET account_opened_at = coalesce(account_opened_at, $2), bank_account = NULL
FROM opened WHERE users.id = opened.id RETURNING users.id`;

/** Records that accounts are open and activates users who are ready. Returns the known ids. */
export async function noteAccountsOpened(
  tx: Tx,
  ids: readonly string[],
  now: Date,
): Promise<Set<string>> {
  const noted = await query<{ id: string }>(tx, NOTE, [ids, now]);
  const known = noted.map(({ id }) => id);
  await activateReady(tx, known, now);
  return new Set(known);
}
