import { accountCreated } from '../../shared/contracts/events/accounts';
import { onEvent, type EventHandler } from '../../shared/messaging/subscription';
import type { UserContext } from '../context';
import { noteAccountsOpened } from '../steps/note-accounts-opened';

/** Account opened accounts: their owners are active once they have credentials too. */
export function onAccountCreated({ now }: Pick<UserContext, 'now'>): EventHandler<never> {
  return onEvent(accountCreated, async (tx, events) => {
    const ids = events.map(({ data }) => data.userId);
    const known = await noteAccountsOpened(tx, ids, await now(tx));
    return events
      .filter(({ data }) => !known.has(data.userId))
      .map(({ id }) => ({ eventId: id, verdict: 'reject', reason: 'nobody has this id' }));
  });
}
