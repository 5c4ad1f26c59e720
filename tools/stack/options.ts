import type { ServiceName } from '../../services/catalogue';

/** What kind of stack to start. */
export interface StackOptions {
  /** Where secrets, logs, mail and servers of our own keep their files. */
  dataDirectory: string;
  /** Which services; all of them when not given. */
  services?: readonly ServiceName[];
  /**
   * Put before the name of every database and role, so that several stacks share one server.
   * When not given: none, or one of this data directory's own when others use the plain names.
   */
  databasePrefix?: string;
  /** Added to every port. `findPortOffset()` finds one where all of them are free. */
  portOffset?: number;
  /**
   * `own`: a Redis of this stack, which can be killed and restarted. `found`: REDIS_URL or the
   * default port, with a logical database of this stack's own; one of our own when there is none.
   */
  redis?: 'own' | 'found';
  /** `own`: an embedded PostgreSQL of this stack even if a server is at hand. Default `found`. */
  postgres?: 'own' | 'found';
  /** How many processes of a service, each with its own sidecar. Default 1. */
  replicas?: Partial<Record<ServiceName, number>>;
  /** Variables changed for all processes of a service. */
  environment?: Partial<Record<ServiceName, NodeJS.ProcessEnv>>;
  /** Other programs in place of a service, for tests of the stack itself. */
  entries?: Partial<Record<ServiceName, string>>;
  /**
   * After how many seconds an event comes again whose sidecar was killed. For tests that cannot
   * wait as long as `components/pubsub.yaml` says.
   */
  redeliverAfterSeconds?: number;
  /** Start crashed services again. Sidecars always are. Default false. */
  supervise?: boolean;
  /** Files that are true only while the stack runs; removed however it ends. */
  removedAtEnd?: readonly string[];
  /** Wait until everything is ready. Default true. */
  waitUntilReady?: boolean;
  /** Told about progress and about processes that end without being asked. */
  report?: (line: string) => void;
  /** Stops a start that is under way. */
  signal?: AbortSignal;
}

/** The options with every default filled in, except those only the server can tell. */
export type FilledOptions = StackOptions &
  Required<
    Pick<
      StackOptions,
      'services' | 'portOffset' | 'redis' | 'postgres' | 'supervise' | 'report' | 'waitUntilReady'
    >
  >;
