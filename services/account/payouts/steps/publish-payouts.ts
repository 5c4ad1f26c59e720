import { query, type Tx } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import { hintsAbout, type Change, type ChangedThing } from '../../../shared/messaging/hints';
import { publish } from '../../../shared/messaging/outbox';

/** The management's payouts are nobody's. */
const payees = (condition: string): string => `
SELECT payouts.id, user_id AS "userId" FROM payouts JOIN accounts ON accounts.id = account_id
WHERE ${condition} ORDER BY payouts.id`;

const BY_ID = payees('payouts.id = ANY ($1::uuid[])');
const BY_DAY = payees('day = $1');

const ofPayouts = (things: readonly ChangedThing[]): Change => ({
  topic: 'payout',
  things,
  watchers: 'payouts.manage',
});

/**
 * Publishes hints of changed payouts, for their payees and those who manage payouts; with
 * `isBooked`, also of their new entries.
 */
export async function publishPayouts(
  tx: Tx,
  ids: readonly string[],
  now: Date,
  { isBooked }: { isBooked: boolean },
): Promise<void> {
  if (ids.length === 0) return;
  const things = await query<ChangedThing>(tx, BY_ID, [ids]);
  const people = things.map(({ userId }) => ({ userId }));
  const entries: Change = { topic: 'entry', things: people, watchers: 'accounting.view-all' };
  await publish(tx, hintsAbout([ofPayouts(things), ...(isBooked ? [entries] : [])], now));
}

/** Publishes hints of a closed day: for those who manage payouts, and for its payees. */
export async function publishClosing(tx: Tx, day: Day, now: Date): Promise<void> {
  const things = await query<ChangedThing>(tx, BY_DAY, [day]);
  const closed: Change = {
    topic: 'day',
    things: [{ userId: null, id: day }],
    watchers: 'payouts.manage',
  };
  await publish(tx, hintsAbout([closed, ofPayouts(things)], now));
}
