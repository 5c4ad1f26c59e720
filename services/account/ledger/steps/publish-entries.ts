import type { Tx } from '../../../shared/db/data-source';
import { hintsAbout } from '../../../shared/messaging/hints';
import { publishUnhurried } from '../../../shared/messaging/outbox';

/**
 * Publishes hints of new entries of these people, for them and for those who see all money, within
 * a second: bookings are the hottest path.
 */
export async function publishEntries(tx: Tx, userIds: readonly string[], now: Date): Promise<void> {
  const things = [...new Set(userIds)].map((userId) => ({ userId }));
  await publishUnhurried(
    tx,
    hintsAbout([{ topic: 'entry', things, watchers: 'accounting.view-all' }], now),
  );
}
