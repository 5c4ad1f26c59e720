import {
  userActivated,
  userDeactivated,
  userUpdated,
} from '../../../shared/contracts/events/users';
import { onEvent, type EventHandler } from '../../../shared/messaging/subscription';
import { rememberNicknames } from '../steps/remember-nicknames';

/** Stores the nickname of a changed user; Account keeps no other part of the snapshot. */
export function onUserChanged(): EventHandler<never>[] {
  return [userActivated, userUpdated, userDeactivated].map((contract) =>
    onEvent(contract, async (tx, events) => {
      await rememberNicknames(
        tx,
        events.map(({ data }) => data),
      );
      return [];
    }),
  );
}
