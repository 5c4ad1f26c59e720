import { TRANSIENT_TOPICS, type Topic } from './shared/contracts/event';

/**
 * The one list of services. The local start, the tools and the tests read it, and
 * `npm run generate` writes manifests from it: a service that is not here does not exist.
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
  /** Topics that this service publishes to; only `hints` has several publishers. */
  publishes: readonly Topic[];
  /** Topics whose events this service consumes. */
  subscribes: readonly Topic[];
  /** Keeps state in Dapr's state store. */
  keepsState: boolean;
  /** Compares what it keeps with its neighbours when an operator asks. */
  reconciles: boolean;
  /** More replicas help when its CPU is busy. */
  scales: boolean;
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
  publishes?: readonly Topic[];
  subscribes?: readonly Topic[];
  keepsState?: boolean;
  reconciles?: boolean;
  scales?: boolean;
}

const entries = [
  { name: 'gateway', subscribes: ['hints'], keepsState: true },
  {
    name: 'auth',
    database: 'auth',
    migrates: 'auth',
    publishes: ['hints'],
    subscribes: ['users'],
    reconciles: true,
  },
  {
    name: 'user',
    database: 'user',
    migrates: 'user',
    publishes: ['users', 'hints'],
    subscribes: ['accounts'],
    reconciles: true,
  },
  { name: 'board', database: 'board', migrates: 'board', publishes: ['tasks', 'hints'] },
  {
    name: 'account',
    database: 'account',
    migrates: 'account',
    publishes: ['accounts', 'hints'],
    subscribes: ['users', 'tasks'],
    reconciles: true,
  },
  {
    name: 'account-worker',
    entry: 'services/account/worker.js',
    database: 'account',
    // It waits for the bank, and PAYOUTS_IN_FLIGHT limits its work: its CPU says nothing.
    scales: false,
  },
  { name: 'payment', database: 'payment', migrates: 'payment', reconciles: true },
  { name: 'notify', keepsState: true },
] as const satisfies readonly Entry[];

/** Name of a service. */
export type ServiceName = (typeof entries)[number]['name'];

function describe(name: ServiceName, given: Entry, ports: ServicePorts): Service {
  return {
    name,
    entry: given.entry ?? `services/${name}/main.js`,
    database: given.database ?? null,
    migrates: given.migrates ?? null,
    publishes: given.publishes ?? [],
    subscribes: given.subscribes ?? [],
    keepsState: given.keepsState ?? false,
    reconciles: given.reconciles ?? false,
    scales: given.scales ?? true,
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

/** Whether lost events of the topic are found and sent again. */
const isReconciled = (topic: Topic): boolean => !TRANSIENT_TOPICS.includes(topic);

/** Returns the services that consume a topic of this service, except transient topics. */
export function consumersOf(name: ServiceName): ServiceName[] {
  const { publishes } = serviceNamed(name);
  const consumes = ({ subscribes }: Service): boolean =>
    subscribes.some((topic) => isReconciled(topic) && publishes.includes(topic));
  return catalogue.filter(consumes).map((service) => service.name);
}

/**
 * Returns the services that publish to the topics of this service, with those topics; except
 * transient ones.
 */
export function producersFor(name: ServiceName): { app: ServiceName; topics: Topic[] }[] {
  const { subscribes } = serviceNamed(name);
  return catalogue
    .map((service) => ({
      app: service.name,
      topics: service.publishes.filter(
        (topic) => isReconciled(topic) && subscribes.includes(topic),
      ),
    }))
    .filter(({ topics }) => topics.length > 0);
}

/** Whether the service's sidecar publishes or delivers events. */
export function hasEvents({ publishes, subscribes }: Service): boolean {
  return publishes.length + subscribes.length > 0;
}
