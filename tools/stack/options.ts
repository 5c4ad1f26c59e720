import type { ServiceName } from '../../services/catalogue';

export interface StackOptions {
  /** Folder of secrets, logs, mail and the stack's own servers. */
  dataDirectory: string;
  /** The services to start; default all. */
  services?: readonly ServiceName[];
  /**
   * Prefix of every database and role name, so that several stacks can share one server. Default:
   * none, or one derived from the data directory when another one owns the plain names.
   */
  databasePrefix?: string;
  /** Added to every port. `findPortOffset()` finds an offset at which all ports are free. */
  portOffset?: number;
  /**
   * `own`: a Redis of this stack, which tests can kill and restart. `found`: REDIS_URL or the
   * server on the default port, with a logical database of this stack; its own when none is found.
   */
  redis?: 'own' | 'found';
  /** `own`: an embedded PostgreSQL even if a server is running. Default `found`. */
  postgres?: 'own' | 'found';
  /** Number of processes of a service, each with its own sidecar. Default 1. */
  replicas?: Partial<Record<ServiceName, number>>;
  /** Environment variables changed for all processes of a service. */
  environment?: Partial<Record<ServiceName, NodeJS.ProcessEnv>>;
  /** Programs that replace a service, for tests of the stack itself. */
  entries?: Partial<Record<ServiceName, string>>;
  /**
   * Seconds until an event whose sidecar was killed is delivered again, for tests that cannot wait
   * as long as `components/pubsub.yaml` says.
   */
  redeliverAfterSeconds?: number;
  /** Restarts crashed services; sidecars are always restarted. Default false. */
  supervise?: boolean;
  /** Files that are valid only while the stack runs; the guardian removes them at its end. */
  removedAtEnd?: readonly string[];
  /** Waits until everything is ready. Default true. */
  waitUntilReady?: boolean;
  /** Receives progress and unexpected ends of processes. */
  report?: (line: string) => void;
  /** Aborts a start. */
  signal?: AbortSignal;
}

/** The options with defaults filled in; `databasePrefix` depends on the server. */
export type FilledOptions = StackOptions &
  Required<
    Pick<
      StackOptions,
      'services' | 'portOffset' | 'redis' | 'postgres' | 'supervise' | 'report' | 'waitUntilReady'
    >
  >;
