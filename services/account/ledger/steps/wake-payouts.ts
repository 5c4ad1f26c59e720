import { query, type Tx } from '../../../shared/db/data-source';

/** PostgreSQL notification channel (LISTEN/NOTIFY) that starts a run of payouts. */
export const PAYOUTS_CHANNEL = 'payouts';

/** Notifies the worker, at commit, that payouts are due. */
export async function wakePayouts(tx: Tx): Promise<void> {
  await query(tx, 'SELECT pg_notify($1, $2)', [PAYOUTS_CHANNEL, '']);
}
