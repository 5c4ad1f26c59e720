import { startReconciliations } from '../clients/operations';
import type { GatewayContext } from '../context';

/** Starts a reconciliation at all services; returns those that did not answer. */
export function startReconciliation(
  { sidecar, reconciled }: GatewayContext,
  id: string,
): Promise<string[]> {
  return startReconciliations(sidecar, reconciled, id);
}
