import type { Sidecar } from '../../../shared/dapr/sidecar';
import { Problem } from '../../../shared/kernel/errors';
import { askTaskTexts, type TaskText } from '../clients/board';

const UNAVAILABLE = 503;

/** Asks Board for titles and jira ids by task id; returns null while Board is away. */
export async function taskTexts(
  sidecar: Sidecar,
  taskIds: readonly string[],
): Promise<Map<string, TaskText> | null> {
  try {
    return await askTaskTexts(sidecar, [...new Set(taskIds)]);
  } catch (error) {
    if (error instanceof Problem && error.status === UNAVAILABLE) return null;
    throw error;
  }
}
