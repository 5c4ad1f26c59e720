import { createAccount } from '../../services/account/app';
import { createAuth } from '../../services/auth/app';
import { createBoard } from '../../services/board/app';
import { gatewayRoutes } from '../../services/gateway/app';
import { createUser } from '../../services/user/app';
import type { ServiceName } from '../../services/catalogue';
import type { Route } from '../../services/shared/http/route';

/** A route that can be reached from outside. */
export interface PublicRoute extends Route {
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
  SIGN_UP_ENABLED: true,
  CURRENCY: 'USD',
  BUSINESS_TIME_ZONE: 'Europe/Moscow',
  CUT_OFF: '18:00',
  MANAGEMENT_BANK_ACCOUNT: '40702810000000000001',
  ALLOW_EARLY_CLOSE: false,
  PUBLIC_PORT: 1,
  TRUSTED_PROXIES: 0,
  OPENAPI_FILE: 'docs/openapi.json',
} as const;

function publicRoutesOf(service: ServiceName, routes: readonly Route[]): PublicRoute[] {
  return routes
    .filter(({ access }) => access.allow !== 'services')
    .map((route) => ({ ...route, service }));
}

/** Every route that the document describes, service by service, in the order of their tables. */
export function publicRoutes(): PublicRoute[] {
  return [
    ...publicRoutesOf('gateway', gatewayRoutes(exampleEnv)),
    ...publicRoutesOf('auth', createAuth(exampleEnv).routes),
    ...publicRoutesOf('user', createUser(exampleEnv).routes),
    ...publicRoutesOf('board', createBoard(exampleEnv).routes),
    ...publicRoutesOf('account', createAccount(exampleEnv).routes),
  ];
}
