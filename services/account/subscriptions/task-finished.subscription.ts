import { taskFinished } from '../../shared/contracts/events/tasks';
import { onEvent, type EventHandler } from '../../shared/messaging/subscription';
import { REWARD, bookTransfers } from '../commands/book-transfers';
import type { Books } from '../queries/books';

/** A task was finished: it earns its assignee the reward. */
export function onTaskFinished(books: Books): EventHandler<never> {
  return onEvent(taskFinished, (tx, events) => {
    const bookings = events.map(({ id, data }) => ({
      eventId: id,
      taskId: data.taskId,
      userId: data.userId,
      assignmentNumber: null,
      occurredAt: data.finishedAt,
    }));
    return bookTransfers(tx, books, REWARD, bookings);
  });
}
