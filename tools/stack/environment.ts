import type { Service, ServicePorts } from '../../services/catalogue';
import { LOOPBACK, publicPort, supportPorts } from './ports';

/** Management's account at the sandbox bank. */
const MANAGEMENT_BANK_ACCOUNT = '40702810000000000001';

/** What the person who started us decided; the only place in tools that reads `process.env`. */
export const ourEnvironment = {
  databaseUrl: process.env.DATABASE_URL,
  redisUrl: process.env.REDIS_URL,
  daprd: process.env.DAPRD,
  cacheDirectory: process.env.XDG_CACHE_HOME,
  path: process.env.PATH ?? '',
  home: process.env.HOME ?? '',
  user: process.env.USER,
  /** npm, our parent: when it is gone, nobody can stop us with Ctrl-C any more. */
  npmPid: Number(process.env.NPM_PID ?? 0),
  logLevel: process.env.LOG_LEVEL ?? 'info',
  adminBeakShape: process.env.ADMIN_BEAK_SHAPE,
  /** The program that talks to the cluster, with its first arguments. */
  kubectl: process.env.KUBECTL ?? 'kubectl',
  /** How images are built and brought to the cluster: tools/kubernetes/images.ts. */
  images: process.env.IMAGES ?? 'docker',
  /** Takes the place of the Dockerfile's base image. */
  baseImage: process.env.BASE_IMAGE,
  /** A shell command that stops and starts the cluster's node, for the test on a cluster. */
  restartNode: process.env.RESTART_NODE,
  /** Where the cluster's ingress answers. */
  ingressUrl: process.env.INGRESS_URL ?? 'http://localhost',
};

/** The little that every child process needs of our own environment. */
export function baseEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TMPDIR', 'NODE_EXTRA_CA_CERTS'];
  const pairs = kept.map((name) => [name, process.env[name]]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

/** Our whole environment, for children that are tools (compiler, Go), with some changes. */
export function toolEnvironment(changes: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** What a service's environment is made from. */
export interface ServiceSurroundings {
  ports: ServicePorts;
  portOffset: number;
  databaseUrl: string | null;
  daprApiToken: string;
  appApiToken: string;
}

/** When days end and in what money they are counted: the same for all who count them. */
const DAYS_AND_MONEY = {
  BUSINESS_TIME_ZONE: 'Europe/Moscow',
  CUT_OFF: '18:00',
  CURRENCY: 'USD',
};

/** As many as the storm and the measurements create in one afternoon with few people. */
const LOCAL_TASKS_PER_DAY = '10000';

/** How the local start keeps its books: the settings of Account and its worker. */
export function bookkeeping(): NodeJS.ProcessEnv {
  return {
    ...DAYS_AND_MONEY,
    ALLOW_EARLY_CLOSE: 'true', // the tour closes several days in one afternoon
    MANAGEMENT_BANK_ACCOUNT,
  };
}

/** Settings that only one service has. */
function ownSettings(name: string, offset: number): NodeJS.ProcessEnv {
  const support = supportPorts(offset);
  const settings: Record<string, NodeJS.ProcessEnv> = {
    gateway: { PUBLIC_PORT: String(publicPort(offset)) },
    user: { SIGN_UP: 'open', SIGN_UPS_PER_HOUR: '1000' },
    board: { ...DAYS_AND_MONEY, TASKS_PER_DAY: LOCAL_TASKS_PER_DAY },
    account: bookkeeping(),
    'account-worker': bookkeeping(),
    payment: { BANK_URL: `http://${LOOPBACK}:${support.bank}` },
    notify: {
      SMTP_URL: `smtp://${LOOPBACK}:${support.smtp}`,
      MAIL_FROM: 'Popug <no-reply@popug.test>',
    },
  };
  return settings[name] ?? {};
}

/** The environment of one process of a service. */
export function serviceEnvironment(service: Service, around: ServiceSurroundings) {
  const environment: NodeJS.ProcessEnv = {
    ...baseEnvironment(),
    HOST: LOOPBACK,
    PORT: String(around.ports.app),
    METRICS_PORT: String(around.ports.metrics),
    DAPR_HTTP_PORT: String(around.ports.daprHttp),
    DAPR_API_TOKEN: around.daprApiToken,
    APP_API_TOKEN: around.appApiToken,
    LOG_LEVEL: ourEnvironment.logLevel,
    ...ownSettings(service.name, around.portOffset),
  };
  if (around.databaseUrl) environment.DATABASE_URL = around.databaseUrl;
  return environment;
}
