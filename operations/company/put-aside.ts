import { RETRIES_USED_UP } from '../../services/shared/messaging/dead-letters';
import { taskFinished } from '../../services/shared/contracts/events/tasks';
import { derivedId } from '../../services/shared/kernel/ids';

/** Number of the finished task of the past whose event is put aside. */
export const PUT_ASIDE_TASK = 33;

/** A finished task of the past, and the id of its event. */
interface FinishedTask {
  id: string;
  assigneeId: string;
  finishedAt: Date | null;
  finishedEvent: string;
}

/**
 * Account's dead letter. The event stays in the inbox and its reward in the ledger, as after a
 * delivery whose answers were all lost: replaying or discarding it changes no balance.
 */
export const PUT_ASIDE = `
INSERT INTO dead_letters (id, consumer, topic, event_id, type, payload, error,
  first_seen_at, last_seen_at)
VALUES ($1, 'account', $2, $3, $4, $5, '${RETRIES_USED_UP}', $6, $6)`;

/** Returns the parameters of `PUT_ASIDE`: the event as the broker delivered it. */
export function putAsideParams(task: FinishedTask): unknown[] {
  const { id, assigneeId, finishedAt, finishedEvent } = task;
  const time = finishedAt!.toISOString();
  const { topic, type } = taskFinished;
  const event = {
    specversion: '1.0',
    datacontenttype: 'application/json',
    id: finishedEvent,
    type,
    source: 'board',
    subject: id,
    time,
    topic,
    data: { taskId: id, userId: assigneeId, finishedAt: time },
  };
  const letterId = derivedId('demo-dead-letter', id);
  return [letterId, topic, finishedEvent, type, JSON.stringify(event), time];
}
