import { join } from 'node:path';
import type { ServicePorts } from '../../services/catalogue';
import { baseEnvironment } from './environment';
import { LOOPBACK } from './ports';

const PROBE_INTERVAL_S = 1;
const PROBE_TIMEOUT_MS = 900;
/** Failed probes until daprd stops delivering events; a shorter restart costs retries only. */
const PROBE_THRESHOLD = 5;
/** Longer than the slowest handler, so that running deliveries are acknowledged before the stop. */
const SHUTDOWN_SECONDS = 20;

/** Heap growth between two garbage collections of daprd, in per cent: events make garbage. */
const GOGC = '400';

export interface SidecarPlace {
  appId: string;
  ports: ServicePorts;
  /** The `components/` folder. */
  componentsDirectory: string;
}

/** daprd's command line for one app; the same settings as the `dapr.io/*` annotations. */
export function sidecarArguments({ appId, ports, componentsDirectory }: SidecarPlace): string[] {
  const resources = ['', 'subscriptions', 'local'].map((part) => join(componentsDirectory, part));
  const configurations = ['', 'local'].map((part) =>
    join(componentsDirectory, part, 'configuration.yaml'),
  );
  const flags: Record<string, string | number> = {
    mode: 'standalone',
    'app-id': appId,
    'app-port': ports.app,
    'app-protocol': 'http',
    'app-channel-address': LOOPBACK,
    'dapr-http-port': ports.daprHttp,
    'dapr-grpc-port': ports.daprGrpc,
    'dapr-internal-grpc-port': ports.daprInternalGrpc,
    'dapr-listen-addresses': LOOPBACK,
    'dapr-internal-grpc-listen-address': LOOPBACK,
    'metrics-port': ports.daprMetrics,
    'metrics-listen-address': LOOPBACK,
    'disable-init-endpoints': 'subscribe,config',
    'dapr-graceful-shutdown-seconds': SHUTDOWN_SECONDS,
    'app-health-check-path': '/health/consuming',
    'app-health-probe-interval': PROBE_INTERVAL_S,
    'app-health-probe-timeout': PROBE_TIMEOUT_MS,
    'app-health-threshold': PROBE_THRESHOLD,
  };
  return [
    ...Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]),
    ...resources.flatMap((path) => ['--resources-path', path]),
    ...configurations.flatMap((path) => ['--config', path]),
    '--enable-app-health-check',
    '--log-as-json',
  ];
}

/** daprd's environment: the tokens of both directions; loopback as its address. */
export function sidecarEnvironment(tokens: { daprApi: string; appApi: string }) {
  return {
    ...baseEnvironment(),
    DAPR_HOST_IP: LOOPBACK,
    NAMESPACE: 'default',
    GOGC,
    DAPR_API_TOKEN: tokens.daprApi,
    APP_API_TOKEN: tokens.appApi,
  };
}
