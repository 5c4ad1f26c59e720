import { createCredentials, replaceBeakShape } from '../../shared/contracts/calls/auth';
import { call } from '../../shared/dapr/invoke';
import type { Sidecar } from '../../shared/dapr/sidecar';

/** Auth keeps the beak shapes. Every method throws `Problem` 503 while it is away. */
export class AuthClient {
  constructor(private readonly sidecar: Sidecar) {}

  /** Sets the first beak shape. `matches` is false when another one was there already. */
  async createCredentials(userId: string, beakShape: string): Promise<{ matches: boolean }> {
    return call(this.sidecar, createCredentials, { params: { userId }, body: { beakShape } });
  }

  /** Replaces the beak shape, ending all sessions. Throws 403 when `current` is wrong. */
  async replaceBeakShape(userId: string, beakShape: string, current: string | null): Promise<void> {
    await call(this.sidecar, replaceBeakShape, {
      params: { userId },
      body: { beakShape, current },
    });
  }
}
