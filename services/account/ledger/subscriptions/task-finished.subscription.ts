import { taskFinished } from '../../../shared/contracts/events/tasks';
import { onEvent, type EventHandler } from '../../../shared/messaging/subscription';
import type { AccountContext } from '../../context';
import { REWARD, bookTransfers } from '../steps/book-transfers';

/** Books the reward of a finished task. */
export function onTaskFinished(context: AccountContext): EventHandler<never> {
  return onEvent(taskFinished, (tx, events) => {
    const bookings = events.map(({ id, data }) => ({
      eventId: id,
      taskId: data.taskId,
      userId: data.userId,
      assignmentNumber: null,
      occurredAt: data.finishedAt,
    }));
    return bookTransfers(tx, context, REWARD, bookings);
  });
}
