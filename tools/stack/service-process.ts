import { join } from 'node:path';
import type { Service, ServiceName, ServicePorts } from '../../services/catalogue';
import type { Databases } from './databases';
import { serviceEnvironment } from './environment';
import { DIST, ROOT } from './folders';
import { imageSettings } from './image-settings';
import type { FilledOptions } from './options';
import { LOOPBACK, publicPort, servicePorts } from './ports';
import type { Processes } from './processes';
import type { Secrets } from './secrets';
import { sidecarArguments, sidecarEnvironment } from './sidecar';
import { answers, until } from './wait';

const READY_MS = 60_000;

/** One process of a service together with its sidecar. */
export interface ServiceProcess {
  /** `account-worker`, and `account-worker-2`, … for further replicas. */
  name: string;
  service: ServiceName;
  ports: ServicePorts;
  /** The app port's url; only for its sidecar. */
  url: string;
  /** The sidecar's API; needs the header `dapr-api-token`. */
  daprUrl: string;
  daprApiToken: string;
  appApiToken: string;
  /** The url of its database for the app role; null without database. */
  databaseUrl: string | null;
}

export interface ServiceContext {
  options: FilledOptions;
  secrets: Secrets;
  processes: Processes;
  databases: Databases;
  /** daprd's working directory, where `components/local` expects its files. */
  daprDirectory: string;
  componentsDirectory: string;
}

/** The process names of a service's replicas. */
export function replicaNames(service: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) =>
    index === 0 ? service : `${service}-${index + 1}`,
  );
}

/** The process name of a service's sidecar. */
export function sidecarOf(name: string): string {
  return `${name}.sidecar`;
}

/** Describes one replica and adds its process, without starting it. */
export function addService(
  service: Service,
  replica: number,
  context: ServiceContext,
): ServiceProcess {
  const { options, secrets, databases } = context;
  const ports = servicePorts(service, options.portOffset, replica);
  const described: ServiceProcess = {
    name: replicaNames(service.name, replica + 1)[replica]!,
    service: service.name as ServiceName,
    ports,
    url: `http://${LOOPBACK}:${ports.app}`,
    daprUrl: `http://${LOOPBACK}:${ports.daprHttp}`,
    daprApiToken: secrets.get(`dapr-api-token:${service.name}`),
    appApiToken: secrets.get(`app-api-token:${service.name}`),
    databaseUrl: service.database && databases.url(service.database, 'app'),
  };
  const entry = options.entries?.[described.service] ?? join(DIST, service.entry);
  context.processes.add({
    name: described.name,
    command: process.execPath,
    args: [entry],
    cwd: ROOT,
    env: {
      ...imageSettings(),
      ...serviceEnvironment(service, { ...described, portOffset: options.portOffset }),
      ...options.environment?.[described.service],
    },
    respawn: options.supervise,
  });
  return described;
}

/** Adds the sidecar of a service's process, without starting it. */
export function addSidecar(of: ServiceProcess, daprd: string, context: ServiceContext): void {
  const { componentsDirectory } = context;
  context.processes.add({
    name: sidecarOf(of.name),
    command: daprd,
    args: sidecarArguments({ appId: of.service, ports: of.ports, componentsDirectory }),
    cwd: context.daprDirectory,
    env: sidecarEnvironment({ daprApi: of.daprApiToken, appApi: of.appApiToken }),
    respawn: true, // daprd exits when Redis is down at its start
  });
}

/** Waits until the app and its sidecar are ready. Throws with the ends of both logs. */
export async function serviceReady(
  of: ServiceProcess,
  context: Pick<ServiceContext, 'processes' | 'options'>,
): Promise<void> {
  const { processes, options } = context;
  const both = [processes.get(of.name), processes.get(sidecarOf(of.name))];
  const urls = [`${of.url}/health/ready`, `${of.daprUrl}/v1.0/healthz`];
  if (of.service === 'gateway') {
    urls.push(`http://${LOOPBACK}:${publicPort(options.portOffset)}/health/ready`);
  }
  const wait = { what: `${of.name} to be ready`, timeoutMs: READY_MS, signal: options.signal };
  try {
    await until(wait, async () => {
      const ended = both.find((each) => !each.isHopeful);
      if (ended) throw new Error(`${ended.name} ended while starting`);
      return (await Promise.all(urls.map(answers))).every(Boolean);
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    const tails = both.map((each) => `--- ${each.spec.logFile}\n${each.lastLines()}`);
    throw new Error(`${(error as Error).message}\n${tails.join('\n')}`, { cause: error });
  }
}
