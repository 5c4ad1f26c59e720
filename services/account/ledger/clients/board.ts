import { taskDetails } from '../../../shared/contracts/calls/board';
import { call } from '../../../shared/dapr/invoke';
import type { Sidecar } from '../../../shared/dapr/sidecar';

/** Title and jira id of a task. */
export interface TaskText {
  title: string;
  jiraId: string | null;
}

/**
 * Returns titles and jira ids by task id; unknown ids are left out. Throws `Problem` 503 when Board
 * is away.
 */
export async function askTaskTexts(
  sidecar: Sidecar,
  taskIds: readonly string[],
): Promise<Map<string, TaskText>> {
  if (taskIds.length === 0) return new Map();
  const { tasks } = await call(sidecar, taskDetails, { body: { taskIds: [...taskIds] } });
  return new Map(tasks.map(({ id, title, jiraId }) => [id, { title, jiraId }]));
}
