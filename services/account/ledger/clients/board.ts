import { taskDetails } from '../../../shared/contracts/calls/board';
import { call } from '../../../shared/dapr/invoke';
import type { Sidecar } from '../../../shared/dapr/sidecar';

/** What a task is called. */
export interface TaskText {
  title: string;
  jiraId: string | null;
}

/** What the tasks are called, by id; unknown ones are left out. Throws `Problem` 503. */
export async function askTaskTexts(
  sidecar: Sidecar,
  taskIds: readonly string[],
): Promise<Map<string, TaskText>> {
  if (taskIds.length === 0) return new Map();
  const { tasks } = await call(sidecar, taskDetails, { body: { taskIds: [...taskIds] } });
  return new Map(tasks.map(({ id, title, jiraId }) => [id, { title, jiraId }]));
}
