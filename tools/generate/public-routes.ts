import type { Route } from '../../services/shared/http/route';
import { createAccount } from '../../services/account/app';
import { createAuth } from '../../services/auth/app';
import { createBoard } from '../../services/board/app';
import type { ServiceName } from '../../services/catalogue';
import { gatewayRoutes } from '../../services/gateway/app';
import { createNotify } from '../../services/notify/app';
import { createPayment } from '../../services/payment/app';
import { createUser } from '../../services/user/app';

/** A route and the service that answers it. */
export interface ServiceRoute extends Route {
  service: ServiceName;
}

/** Enough to make the services' tables of contents; nothing is connected to. */
const exampleEnv = {
  HOST: '127.0.0.1',
  PORT: 1,
  METRICS_PORT: 1,
  LOG_LEVEL: 'silent',
  DAPR_HTTP_PORT: 1,
  DAPR_API_TOKEN: 'example',
  APP_API_TOKEN: 'example',
  TOKEN_ISSUER: 'popug',
  DATABASE_URL: 'postgres://example.test/example',
  SIGN_UP: 'open',
  SIGN_UPS_PER_HOUR: 20,
  CURRENCY: 'USD',
  BUSINESS_TIME_ZONE: 'Europe/Moscow',
  CUT_OFF: '18:00',
  MANAGEMENT_BANK_ACCOUNT: '40702810000000000001',
  ALLOW_EARLY_CLOSE: false,
  TASKS_PER_DAY: 1,
  PUBLIC_PORT: 1,
  TRUSTED_PROXIES: 0,
  OPENAPI_FILE: 'docs/openapi.json',
  BANK_URL: 'http://bank.example.test',
  SMTP_URL: 'smtp://mail.example.test',
  MAIL_FROM: 'popug@example.test',
} as const;

function routesOf(service: ServiceName, routes: readonly Route[]): ServiceRoute[] {
  return routes.map((route) => ({ ...route, service }));
}

/** The routes that the document describes: those that can be reached from outside. */
export function publicRoutes(): ServiceRoute[] {
  return allRoutes().filter(({ access }) => access.allow !== 'services');
}

/** Every route there is, service by service, in the order of their tables. */
export function allRoutes(): ServiceRoute[] {
  return [
    ...routesOf('gateway', gatewayRoutes(exampleEnv)),
    ...routesOf('auth', createAuth(exampleEnv).routes),
    ...routesOf('user', createUser(exampleEnv).routes),
    ...routesOf('board', createBoard(exampleEnv).routes),
    ...routesOf('account', createAccount(exampleEnv).routes),
    ...routesOf('payment', createPayment(exampleEnv).routes),
    ...routesOf('notify', createNotify(exampleEnv).routes),
  ];
}
