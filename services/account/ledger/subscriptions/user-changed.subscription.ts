import {
  userActivated,
  userDeactivated,
  userUpdated,
} from '../../../shared/contracts/events/users';
import { onEvent, type EventHandler } from '../../../shared/messaging/subscription';
import { rememberNicknames } from '../steps/remember-nicknames';

/** Anything about a user changed: of it all, only the name is kept here. */
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
