import { requireVersion, type BasedOn } from '../../shared/kernel/based-on';
import { staleVersion } from '../../shared/kernel/errors';
import type { BoardContext } from '../context';
import type { Person } from '../domain/own-task';
import { parseTitle } from '../domain/title';
import type { Task } from '../entities/task.entity';
import { lockChangeableTask } from '../steps/lock-changeable-task';
import { storeTaskChange } from '../steps/store-task-change';
import { publishTaskChange } from '../steps/publish-task-change';

/** Changed fields: undefined keeps a field, null empties it. */
export interface TaskEdit {
  /** The whole title, `[jira-id]` included. */
  title?: string | undefined;
  description?: string | null | undefined;
}

/**
 * Edits the texts of a task, based on a version of it. Throws 400 for a bad title, 404, 403 and 409
 * like `lockChangeableTask`, 412 `stale-version` when the task has another version.
 */
export async function editTask(
  { database, now }: BoardContext,
  caller: Person,
  taskId: string,
  basedOn: BasedOn,
  { title, description }: TaskEdit,
): Promise<Task> {
  const change = {
    ...(title === undefined ? {} : parseTitle(title)),
    ...(description === undefined ? {} : { description }),
  };
  return database.transaction(async (tx) => {
    const { id, version } = await lockChangeableTask(tx, caller, taskId);
    requireVersion(basedOn, version);
    const edited = await storeTaskChange(tx, { id, version }, change);
    if (!edited) throw staleVersion();
    await publishTaskChange(tx, edited, await now(tx));
    return edited;
  });
}
