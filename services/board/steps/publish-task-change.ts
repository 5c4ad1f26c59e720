import type { Tx } from '../../shared/db/data-source';
import { hintsAbout } from '../../shared/messaging/hints';
import { publish, type NewEvent } from '../../shared/messaging/outbox';
import type { Distribution } from '../entities/distribution.entity';
import type { Task } from '../entities/task.entity';

/**
 * Publishes the facts of a task's change, if any, and hints for its assignee, its creator and those
 * who see all tasks.
 */
export async function publishTaskChange(
  tx: Tx,
  { id, assigneeId, createdBy }: Task,
  at: Date,
  facts: readonly NewEvent[] = [],
): Promise<void> {
  const people = [...new Set([assigneeId, createdBy])];
  const things = people.map((userId) => ({ userId, id }));
  const hints = hintsAbout([{ topic: 'task', things, watchers: 'tasks.view-all' }], at);
  await publish(tx, [...facts, ...hints]);
}

/** Publishes hints of a distribution: for those who were dealt tasks, and those who lost some. */
export async function publishDistribution(
  tx: Tx,
  { id, people, pressedAt }: Distribution,
  holders: readonly string[],
): Promise<void> {
  const concerned = new Set([...people.map(({ userId }) => userId), ...holders]);
  const things = [...concerned].map((userId) => ({ userId }));
  const hints = hintsAbout(
    [
      { topic: 'task', things, watchers: 'tasks.view-all' },
      { topic: 'distribution', things: [{ userId: null, id }], watchers: 'tasks.distribute' },
    ],
    pressedAt,
  );
  await publish(tx, hints);
}
