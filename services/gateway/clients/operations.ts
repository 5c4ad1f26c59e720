import {
  getReconciliation,
  serviceStatus,
  startReconciliation,
  type ReconciliationRun,
  type ServiceStatus,
} from '../../shared/contracts/calls/operations';
import { call } from '../../shared/dapr/invoke';
import type { Sidecar } from '../../shared/dapr/sidecar';
import { Problem } from '../../shared/kernel/errors';

const NOT_FOUND = 404;

/** Answer of one service, or the problem that its call threw. */
export interface Asked<Answer> {
  service: string;
  answer: Answer | Problem;
}

/** Asks all services in parallel; a service that is away delays and hides no other. */
async function askEach<Answer>(
  services: readonly string[],
  ask: (service: string) => Promise<Answer>,
): Promise<Asked<Answer>[]> {
  return Promise.all(
    services.map(async (service) => {
      const answer = await ask(service).catch((error: unknown) => {
        if (error instanceof Problem) return error;
        throw error;
      });
      return { service, answer };
    }),
  );
}

/** Asks services for their status. */
export function askStatus(
  sidecar: Sidecar,
  services: readonly string[],
): Promise<Asked<ServiceStatus>[]> {
  return askEach(services, (service) => call(sidecar, serviceStatus(service), { body: {} }));
}

/** Starts the reconciliation with this id at services; returns those that did not answer. */
export async function startReconciliations(
  sidecar: Sidecar,
  services: readonly string[],
  id: string,
): Promise<string[]> {
  const asked = await askEach(services, (service) =>
    call(sidecar, startReconciliation(service), { body: { id } }),
  );
  return asked.filter(({ answer }) => answer instanceof Problem).map(({ service }) => service);
}

/** Asks services for a reconciliation. */
export function readReconciliations(
  sidecar: Sidecar,
  services: readonly string[],
  id: string,
): Promise<Asked<ReconciliationRun>[]> {
  return askEach(services, (service) =>
    call(sidecar, getReconciliation(service), { params: { id }, body: {} }),
  );
}

/** Returns whether the service answered that it has no such thing. */
export function isUnknown(answer: unknown): boolean {
  return answer instanceof Problem && answer.status === NOT_FOUND;
}
