import { query, type Tx } from '../../../shared/db/data-source';

/** What the worker listens to besides its schedule. */
export const PAYOUTS_CHANNEL = 'payouts';

/** Tells the worker, at commit, that there is something to pay. */
export async function wakePayouts(tx: Tx): Promise<void> {
  await query(tx, 'SELECT pg_notify($1, $2)', [PAYOUTS_CHANNEL, '']);
}
