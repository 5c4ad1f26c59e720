import { query, type Tx } from '../../shared/db/data-source';
import { activateReady } from '../steps/activate-ready';

/** The bank account number is Account's from now on; a repeat keeps the first moment. */
const NOTE = `
WITH opened AS (SELECT id FROM users WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE)
UPDATE users SET account_opened_at = coalesce(account_opened_at, $2), bank_account = NULL
FROM opened WHERE users.id = opened.id RETURNING users.id`;

/** Notes that these users' accounts are open and activates who is ready. Returns whom we know. */
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
