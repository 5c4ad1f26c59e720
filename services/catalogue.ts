/**
 * The one list of services. The local start, the tools and the tests read it: a service that is not
 * here does not exist.
 */

/** Ports on which a service and its sidecar listen. */
export interface ServicePorts {
  /** Port for the sidecar: events, invocations, cron, health. */
  app: number;
  /** Prometheus metrics of the app. */
  metrics: number;
  daprHttp: number;
  daprGrpc: number;
  daprInternalGrpc: number;
  daprMetrics: number;
}

export interface Service {
  /** Dapr app-id, Kubernetes object name and `service` field of the logs. */
  name: ServiceName;
  /** Compiled entry point, below `dist/`. */
  entry: string;
  /** Database of the service; null for a service without one. */
  database: string | null;
  /** Folder whose migrations build that database; null when another service runs them. */
  migrates: string | null;
  ports: ServicePorts;
}

/** The gateway's public port, for people. */
export const PUBLIC_PORT = 8080;

const PORT_STEP = 100;
const FIRST_PORT = 4000;

function portsAt(index: number): ServicePorts {
  const port = (block: number): number => FIRST_PORT + block * PORT_STEP + index;
  return {
    app: port(0),
    metrics: port(1),
    daprHttp: port(2),
    daprGrpc: port(3),
    daprInternalGrpc: port(4),
    daprMetrics: port(5),
  };
}

interface Entry {
  name: string;
  entry?: string;
  database?: string;
  migrates?: string;
}

const entries = [
  { name: 'gateway' },
  { name: 'auth', database: 'auth', migrates: 'auth' },
  { name: 'user', database: 'user', migrates: 'user' },
  { name: 'board', database: 'board', migrates: 'board' },
  { name: 'account', database: 'account', migrates: 'account' },
  { name: 'account-worker', entry: 'services/account/worker.js', database: 'account' },
  { name: 'payment', database: 'payment', migrates: 'payment' },
  { name: 'notify' },
] as const satisfies readonly Entry[];

/** Name of a service. */
export type ServiceName = (typeof entries)[number]['name'];

function describe(name: ServiceName, given: Entry, ports: ServicePorts): Service {
  return {
    name,
    entry: given.entry ?? `services/${name}/main.js`,
    database: given.database ?? null,
    migrates: given.migrates ?? null,
    ports,
  };
}

/** All services, in the order in which they start and are shown. */
export const catalogue: readonly Service[] = entries.map((service, index) =>
  describe(service.name, service, portsAt(index)),
);

/** Returns the service of that name. Throws when the catalogue has none. */
export function serviceNamed(name: ServiceName): Service {
  const service = catalogue.find((candidate) => candidate.name === name);
  if (!service) throw new Error(`No service named ${name} in the catalogue`);
  return service;
}
