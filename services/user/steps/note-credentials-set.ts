import { query, type Tx } from '../../shared/db/data-source';
import { activateReady } from './activate-ready';

/** Not for deactivated people: a given-up registration released its names. */
const NOTE = `
UPDATE users SET credentials_set_at = coalesce(credentials_set_at, $2)
WHERE id = $1 AND status <> 'deactivated'`;

/** Third step: records that Auth has the beak shape, and activates the user if ready. */
export async function noteCredentialsSet(tx: Tx, userId: string, now: Date): Promise<void> {
  await query(tx, NOTE, [userId, now]);
  await activateReady(tx, [userId], now);
}
