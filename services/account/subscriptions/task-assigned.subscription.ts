import { taskAssigned } from '../../shared/contracts/events/tasks';
import { onEvent, type EventHandler } from '../../shared/messaging/subscription';
import { FEE, bookTransfers } from '../commands/book-transfers';
import type { Books } from '../queries/books';

/** A task landed on somebody: it costs them its fee. */
export function onTaskAssigned(books: Books): EventHandler<never> {
  return onEvent(taskAssigned, (tx, events) => {
    const bookings = events.map(({ id, data }) => ({
      eventId: id,
      taskId: data.taskId,
      userId: data.userId,
      assignmentNumber: data.assignmentNumber,
      occurredAt: data.assignedAt,
    }));
    return bookTransfers(tx, books, FEE, bookings);
  });
}
