import { activeEmployeeIds, subordinateIds } from '../../shared/contracts/calls/user';
import { call } from '../../shared/dapr/invoke';
import type { Sidecar } from '../../shared/dapr/sidecar';

/** Asks User who can be dealt tasks now. Throws 503 when User is away. */
export async function askActiveEmployeeIds(sidecar: Sidecar): Promise<readonly string[]> {
  const { ids } = await call(sidecar, activeEmployeeIds, { body: {} });
  return ids;
}

/** Asks User for a manager's subordinates, at any depth. Throws 503 when User is away. */
export async function askSubordinateIds(
  sidecar: Sidecar,
  userId: string,
): Promise<readonly string[]> {
  const { ids } = await call(sidecar, subordinateIds, { params: { id: userId }, body: {} });
  return ids;
}
