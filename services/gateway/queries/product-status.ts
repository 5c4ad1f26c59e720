import { Problem, notFound } from '../../shared/kernel/errors';
import { askStatus, isUnknown, readReconciliations } from '../clients/operations';
import type { GatewayContext } from '../context';

/** A service that does not answer. */
const away = (service: string) => ({ service, reachable: false as const });

/** Asks all services at once for their status; one that is away is named, the rest shown. */
export async function readProductStatus({ sidecar, observed }: GatewayContext): Promise<object> {
  const services = (await askStatus(sidecar, observed)).map(({ service, answer }) =>
    answer instanceof Problem ? away(service) : { ...answer, service, reachable: true as const },
  );
  const isOk = services.every((each) => each.reachable && each.attention.length === 0);
  return { state: isOk ? 'ok' : 'attention', at: new Date().toISOString(), services };
}

/**
 * Gathers a reconciliation from all services; it is done when every service is. Throws 404 when no
 * service knows it.
 */
export async function readReconciliation(
  { sidecar, reconciled }: GatewayContext,
  id: string,
): Promise<object> {
  const asked = await readReconciliations(sidecar, reconciled, id);
  const known = asked.filter(({ answer }) => !isUnknown(answer));
  if (known.length === 0) throw notFound('Reconciliation');
  const services = known.map(({ service, answer }) =>
    answer instanceof Problem ? away(service) : { service, reachable: true as const, ...answer },
  );
  const runs = services.filter((each) => each.reachable);
  const isDone = runs.length === services.length && runs.every((run) => run.finishedAt !== null);
  const results = runs.flatMap((run) => run.results);
  const missing = results.reduce((sum, result) => sum + result.missing, 0);
  return { id, state: isDone ? 'done' : 'running', missing, services };
}
