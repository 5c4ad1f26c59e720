import { taskAssigned } from '../../../shared/contracts/events/tasks';
import { onEvent, type EventHandler } from '../../../shared/messaging/subscription';
import type { AccountContext } from '../../context';
import { FEE, bookTransfers } from '../steps/book-transfers';

/** Books the fee of an assignment. */
export function onTaskAssigned(context: AccountContext): EventHandler<never> {
  return onEvent(taskAssigned, (tx, events) => {
    const bookings = events.map(({ id, data }) => ({
      eventId: id,
      taskId: data.taskId,
      userId: data.userId,
      assignmentNumber: data.assignmentNumber,
      occurredAt: data.assignedAt,
    }));
    return bookTransfers(tx, context, FEE, bookings);
  });
}
