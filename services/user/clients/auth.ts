import * as contract from '../../shared/contracts/calls/auth';
import { call } from '../../shared/dapr/invoke';
import type { Sidecar } from '../../shared/dapr/sidecar';

/**
 * Sets the first beak shape, which Auth keeps. `matches` is false when another one was there
 * already. Throws `Problem` 503 while Auth is away.
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
 * Replaces the beak shape, ending all sessions. Throws 403 when `current` is wrong, 503 while Auth
 * is away.
 */
export async function replaceBeakShape(
  sidecar: Sidecar,
  userId: string,
  shapes: { beakShape: string; current: string | null },
): Promise<void> {
  await call(sidecar, contract.replaceBeakShape, { params: { userId }, body: shapes });
}
