import type { Sidecar } from '../shared/dapr/sidecar';

/** Dependencies of what the gateway asks all services together. */
export interface GatewayContext {
  sidecar: Sidecar;
  /** Services that are asked for their status. */
  observed: readonly string[];
  /** Services that keep something to compare. */
  reconciled: readonly string[];
}
