import { query, type Database, type Tx } from '../../shared/db/data-source';
import type { DatabaseClock } from '../../shared/db/database-clock';
import type { AuthClient } from '../clients/auth';
import { activateReady } from './activate-ready';
import { idTaken } from './refuse-taken-name';

/** What the commands that reach Auth are given. */
export interface Deps {
  database: Database;
  auth: AuthClient;
  /** Letters, the audit log and what is given up go by one clock, whichever replica acts. */
  now: DatabaseClock;
}

/** Not for the deactivated: a registration that was given up has left its names to others. */
const NOTE = `
UPDATE users SET credentials_set_at = coalesce(credentials_set_at, $2)
WHERE id = $1 AND status <> 'deactivated'`;

/**
 * Second and third step of activation: Auth keeps the beak shape, then the user is active if the
 * account is open. Auth never replaces one here, so nobody is taken over by signing up with
 * their id: another shape than theirs is refused with 409. Throws 503 while Auth is away; the
 * repeated registration goes on here.
 */
export async function setFirstBeakShape(
  deps: Deps,
  userId: string,
  beakShape: string,
): Promise<void> {
  const { matches } = await deps.auth.createCredentials(userId, beakShape);
  if (!matches) throw idTaken();
  const now = await deps.now(deps.database);
  await deps.database.transaction((tx) => noteCredentialsSet(tx, userId, now));
}

/** Third step: notes that Auth has the beak shape, and activates the user if that was missing. */
export async function noteCredentialsSet(tx: Tx, userId: string, now: Date): Promise<void> {
  await query(tx, NOTE, [userId, now]);
  await activateReady(tx, [userId], now);
}
