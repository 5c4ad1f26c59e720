import type { Tx } from '../../../shared/db/data-source';
import { hintsAbout, type Change } from '../../../shared/messaging/hints';
import { publish } from '../../../shared/messaging/outbox';

/**
 * Publishes hints of a changed account, for its holder and those who see all money; of a hold or a
 * release, also for those who manage payouts, because it decides what is planned and sent.
 */
export async function publishAccount(
  tx: Tx,
  userId: string,
  now: Date,
  { isHoldChanged }: { isHoldChanged: boolean },
): Promise<void> {
  const account: Change = { topic: 'entry', things: [{ userId }], watchers: 'accounting.view-all' };
  const payouts: Change = {
    topic: 'payout',
    things: [{ userId: null }],
    watchers: 'payouts.manage',
  };
  await publish(tx, hintsAbout(isHoldChanged ? [account, payouts] : [account], now));
}
