import type { Service, ServiceName } from '../../services/catalogue';
import type { Databases } from './databases';
import { embeddedPostgresFolder, forgetEmbeddedPostgres } from './embedded-postgres';
import type { FilledOptions } from './options';
import { LOOPBACK, publicPort, supportPorts } from './ports';
import type { Processes } from './processes';
import { serviceReady, sidecarOf, type ServiceProcess } from './service-process';

/** Servers stop after services and sidecars, which need them; PostgreSQL last. */
const SERVERS = ['bank', 'mail', 'redis', 'postgres'];
const SIDECAR_GRACE_MS = 25_000;

export interface StackParts {
  options: FilledOptions;
  processes: Processes;
  databases: Databases;
  isFresh: boolean;
  redisUrl: string;
  services: readonly ServiceProcess[];
}

/** A running product: its urls, processes and databases. */
export class Stack {
  readonly services: readonly ServiceProcess[];
  readonly databases: Databases;
  /** Whether all databases were created by this start. */
  readonly isFresh: boolean;
  /** The logical database of Redis with this stack's streams. */
  readonly redisUrl: string;
  private stopping: Promise<void> | undefined;

  constructor(private readonly parts: StackParts) {
    this.services = parts.services;
    this.databases = parts.databases;
    this.isFresh = parts.isFresh;
    this.redisUrl = parts.redisUrl;
  }

  /** The url that people use. */
  get gatewayUrl(): string {
    return `http://${LOOPBACK}:${publicPort(this.parts.options.portOffset)}`;
  }

  /** The mail catcher's page, which also has an API. */
  get mailUrl(): string {
    return `http://${LOOPBACK}:${supportPorts(this.parts.options.portOffset).mail}`;
  }

  get bankUrl(): string {
    return `http://${LOOPBACK}:${supportPorts(this.parts.options.portOffset).bank}`;
  }

  /** One process of a service: `board`, `account-worker-2`. Throws on another name. */
  service(name: ServiceName | (string & {})): ServiceProcess {
    const found = this.services.find((each) => each.name === name);
    if (!found) throw new Error(`No service ${name} in this stack`);
    return found;
  }

  /** Names of all processes: `board`, `board.sidecar`, `redis`, `postgres`, `bank`, `mail`. */
  processNames(): string[] {
    return this.parts.processes.names();
  }

  /** The process id, undefined while it is down. */
  pid(name: string): number | undefined {
    return this.parts.processes.get(name).pid;
  }

  /** Sends a signal; except for SIGSTOP and SIGCONT waits for the end. The process stays down. */
  async kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    await this.parts.processes.get(name).kill(signal);
  }

  /** Kills a process if it runs and starts it, without waiting until it is ready. */
  async restart(name: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
    await this.parts.processes.get(name).restart(env);
  }

  /** Waits until these services (default all) and their sidecars are ready. */
  async ready(...names: string[]): Promise<void> {
    const chosen = names.length > 0 ? names.map((name) => this.service(name)) : this.services;
    await Promise.all(chosen.map((each) => serviceReady(each, this.parts)));
  }

  /** The log of a process so far. */
  log(name: string): string {
    return this.parts.processes.get(name).log();
  }

  /**
   * Stops everything in order: apps, since they finish and publish through their sidecars, then
   * sidecars, then our own servers. Idempotent.
   */
  stop(): Promise<void> {
    this.stopping ??= this.stopInOrder();
    return this.stopping;
  }

  /** Kills everything with SIGKILL. */
  async abandon(): Promise<void> {
    await this.parts.processes.abandon();
  }

  /** Drops this stack's databases and roles; for tests, after `stop()`. */
  async dropDatabases(): Promise<void> {
    const { processes, options } = this.parts;
    if (!processes.has('postgres')) await this.databases.drop();
    else await forgetEmbeddedPostgres(embeddedPostgresFolder(options.dataDirectory));
  }

  private async stopInOrder(): Promise<void> {
    const { processes } = this.parts;
    const names = this.services.map((each) => each.name);
    await processes.stop(names);
    await processes.stop(names.map(sidecarOf), SIDECAR_GRACE_MS);
    await processes.stop(SERVERS.filter((name) => name !== 'postgres'));
    await processes.stop(['postgres']);
    processes.close();
  }
}

export function replicaCount(service: Service, options: FilledOptions): number {
  return options.replicas?.[service.name] ?? 1;
}
