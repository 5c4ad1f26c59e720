import * as contract from '../../shared/contracts/calls/auth';
import { call } from '../../shared/dapr/invoke';
import type { Sidecar } from '../../shared/dapr/sidecar';

/**
 * Asks Auth to store the first beak shape; `matches` is false when Auth has another one. Throws 429
 * after too many wrong attempts, 503 while Auth is away.
 */
export async function createCredentials(
  sidecar: Sidecar,
  userId: string,
  beakShape: string,
): Promise<{ matches: boolean }> {
  const body = { beakShape };
  return call(sidecar, contract.createCredentials, { params: { userId }, body });
}

/**
 * Asks Auth to replace the beak shape, which ends all sessions. Throws 403 when `current` is wrong,
 * 429 after too many wrong attempts, 503 while Auth is away.
 */
export async function replaceBeakShape(
  sidecar: Sidecar,
  userId: string,
  shapes: { beakShape: string; current: string | null },
): Promise<void> {
  await call(sidecar, contract.replaceBeakShape, { params: { userId }, body: shapes });
}
