import {
  userActivated,
  userCreated,
  userDeactivated,
  userUpdated,
} from '../../shared/contracts/events/users';
import type { Clock } from '../../shared/kernel/clock';
import { onEvent, type EventHandler } from '../../shared/messaging/subscription';
import { copyUsers } from '../steps/copy-users';

/** Returns the handlers of user events: each carries a whole snapshot, which is copied. */
export function onUserSnapshot(clock: Clock): EventHandler<never>[] {
  return [userCreated, userActivated, userUpdated, userDeactivated].map((contract) =>
    onEvent(contract, async (tx, events) => {
      const now = clock();
      const told = events.map(({ data, envelope }) => ({
        snapshot: data,
        at: envelope.time === undefined ? now : new Date(envelope.time),
      }));
      await copyUsers(tx, told, now);
      return [];
    }),
  );
}
