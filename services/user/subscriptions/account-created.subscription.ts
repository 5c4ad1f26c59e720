import { accountCreated } from '../../shared/contracts/events/accounts';
import { onEvent, type EventHandler } from '../../shared/messaging/subscription';
import type { UserContext } from '../context';
import { noteAccountsOpened } from '../steps/note-accounts-opened';

/** Returns the handler that records opened accounts and activates their owners. */
export function onAccountCreated({ now }: Pick<UserContext, 'now'>): EventHandler<never> {
  return onEvent(accountCreated, async (tx, events) => {
    const ids = events.map(({ data }) => data.userId);
    const known = await noteAccountsOpened(tx, ids, await now(tx));
    return events
      .filter(({ data }) => !known.has(data.userId))
      .map(({ id }) => ({ eventId: id, verdict: 'reject', reason: 'nobody has this id' }));
  });
}
