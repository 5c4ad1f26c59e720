import { query, type Tx } from '../../shared/db/data-source';
import { activateReady } from './activate-ready';

/** Not for the deactivated: a registration that was given up has left its names to others. */
const NOTE = `
UPDATE users SET credentials_set_at = coalesce(credentials_set_at, $2)
WHERE id = $1 AND status <> 'deactivated'`;

/** Third step: notes that Auth has the beak shape, and activates the user if that was missing. */
export async function noteCredentialsSet(tx: Tx, userId: string, now: Date): Promise<void> {
  await query(tx, NOTE, [userId, now]);
  await activateReady(tx, [userId], now);
}
