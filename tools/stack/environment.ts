import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Service, ServicePorts } from '../../services/catalogue';
import { ROOT, WEB_DIST } from './folders';
import { LOOPBACK, publicPort, supportPorts } from './ports';

const MANAGEMENT_BANK_ACCOUNT = '40702810000000000001';

/** Environment variables of the user; the only place in `tools/` that reads `process.env`. */
export const ourEnvironment = {
  databaseUrl: process.env.DATABASE_URL,
  redisUrl: process.env.REDIS_URL,
  daprd: process.env.DAPRD,
  chromium: process.env.CHROMIUM,
  cacheDirectory: process.env.XDG_CACHE_HOME,
  path: process.env.PATH ?? '',
  home: process.env.HOME ?? '',
  user: process.env.USER,
  /** Process id of npm, our parent: when npm is gone, Ctrl-C no longer reaches us. */
  npmPid: Number(process.env.NPM_PID ?? 0),
  logLevel: process.env.LOG_LEVEL ?? 'info',
  adminBeakShape: process.env.ADMIN_BEAK_SHAPE,
  /** Whom `npm run dead-letters` and `reconcile` log in as. */
  operatorLogin: process.env.OPERATOR_LOGIN,
  operatorBeakShape: process.env.OPERATOR_BEAK_SHAPE,
  /** How payouts leave: `bank`, or `file` (docs/payment-files.md). */
  railRu: process.env.RAIL_RU ?? 'bank',
  railIban: process.env.RAIL_IBAN ?? 'bank',
  /** kubectl or its replacement, with its first arguments. */
  kubectl: process.env.KUBECTL ?? 'kubectl',
  /** How images are built and brought to the cluster: tools/kubernetes/images.ts. */
  images: process.env.IMAGES ?? 'docker',
  /** Replaces the Dockerfile's base image. */
  baseImage: process.env.BASE_IMAGE,
  /** A shell command that restarts the cluster's node, for the cluster test. */
  restartNode: process.env.RESTART_NODE,
  /** The url of the cluster's ingress. */
  ingressUrl: process.env.INGRESS_URL ?? 'http://localhost',
};

/** The variables that every child process inherits. */
export function baseEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'HOME', 'USER', 'LANG', 'LC_ALL', 'TMPDIR', 'NODE_EXTRA_CA_CERTS'];
  const pairs = kept.map((name) => [name, process.env[name]]);
  return Object.fromEntries(pairs.filter(([, value]) => value !== undefined));
}

/** Our whole environment with changes, for children that are tools (compiler, Go). */
export function toolEnvironment(changes: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

export interface ServiceSurroundings {
  ports: ServicePorts;
  portOffset: number;
  databaseUrl: string | null;
  daprApiToken: string;
  appApiToken: string;
}

/** Business time zone, cut-off and currency: the same for every service that reads them. */
const DAYS_AND_MONEY = {
  BUSINESS_TIME_ZONE: 'Europe/Moscow',
  CUT_OFF: '18:00',
  CURRENCY: 'USD',
};

/** The company as debtor of payment files: `RAIL_RU=file RAIL_IBAN=file npm start` writes them. */
const COMPANY = {
  COMPANY_NAME: 'Popug Ltd',
  COMPANY_BANK_ACCOUNT: '044525225/40702810338110014312',
  COMPANY_BIC: 'SABRRUMM',
};

/** Enough for the storm and the benchmarks, where few people create all tasks of a day. */
const LOCAL_TASKS_PER_DAY = '10000';

/** Settings of Account and its worker in the local start. */
export function bookkeeping(): NodeJS.ProcessEnv {
  return {
    ...DAYS_AND_MONEY,
    ALLOW_EARLY_CLOSE: 'true', // the tour closes several days in one afternoon
    MANAGEMENT_BANK_ACCOUNT,
  };
}

/** Version of the product in this folder. */
function ourVersion(): string {
  const text = readFileSync(join(ROOT, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function ownSettings(name: string, offset: number): NodeJS.ProcessEnv {
  const support = supportPorts(offset);
  const settings: Record<string, NodeJS.ProcessEnv> = {
    gateway: {
      ...DAYS_AND_MONEY,
      PUBLIC_PORT: String(publicPort(offset)),
      WEB_DIRECTORY: WEB_DIST,
      SIGN_UP: 'open',
      VERSION: ourVersion(),
    },
    user: { SIGN_UP: 'open', SIGN_UPS_PER_HOUR: '1000' },
    board: { ...DAYS_AND_MONEY, TASKS_PER_DAY: LOCAL_TASKS_PER_DAY },
    account: bookkeeping(),
    'account-worker': { ...bookkeeping(), COMPANY_NAME: COMPANY.COMPANY_NAME },
    payment: {
      BANK_URL: `http://${LOOPBACK}:${support.bank}`,
      BUSINESS_TIME_ZONE: DAYS_AND_MONEY.BUSINESS_TIME_ZONE,
      ...COMPANY,
      RAIL_RU: ourEnvironment.railRu,
      RAIL_IBAN: ourEnvironment.railIban,
    },
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
