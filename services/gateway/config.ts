import { z } from 'zod';
import {
  businessDayEnv,
  currencyEnv,
  port,
  readEnv,
  serviceEnv,
  tokenEnv,
} from '../shared/config/env';
import { parseJson } from '../shared/kernel/json';
import { demoLogins } from './routes/settings.routes';

const MAX_PROXIES = 10;
const MAX_PEERS = 20;
const PEER = /^[\w.-]+:\d{1,5}$/;

const doorEnv = {
  /** Port for clients; `PORT` is for the sidecar only. */
  PUBLIC_PORT: port,
  /** Number of trusted proxies that append to `X-Forwarded-For`; with 0 the header is ignored. */
  TRUSTED_PROXIES: z.coerce.number().int().min(0).max(MAX_PROXIES).default(0),
  /** Path of the OpenAPI document with the routes; relative to the working directory. */
  OPENAPI_FILE: z.string().default('docs/openapi.json'),
  /** Path of the built web application; empty: the gateway has no pages. */
  WEB_DIRECTORY: z
    .string()
    .default('')
    .transform((path) => path || null),
  /**
   * `host:port` of the replicas' ports for the sidecar, separated by commas: live hints are handed
   * on to all of them. A host name stands for all of its addresses.
   */
  PEERS: z
    .string()
    .transform((list) => list.split(',').filter((name) => name !== ''))
    .pipe(z.array(z.string().regex(PEER, 'must be host:port')).max(MAX_PEERS))
    .default([]),
};

/** Settings that the web application asks for; the services have them too. */
const shownEnv = {
  ...currencyEnv,
  ...businessDayEnv,
  SIGN_UP: z.enum(['open', 'approval', 'off']).default('off'),
  /** Url of the tracker whose ids tasks have; empty: ids are no links. */
  JIRA_URL: z
    .union([z.literal(''), z.url({ protocol: /^https?$/ })])
    .default('')
    .transform((url) => url || null),
  /** JSON list of logins that the page for logging in shows: for demonstrations only. */
  DEMO_LOGINS: z.string().transform(parseJson).pipe(demoLogins).nullable().default(null),
  /** Version of the product that runs. */
  VERSION: z
    .string()
    .default('')
    .transform((version) => version || 'unreleased'),
};

/** Reads the environment of the gateway. Throws `ConfigurationError` naming every fault. */
export function readGatewayEnv(environment?: Record<string, string | undefined>) {
  return readEnv({ ...serviceEnv, ...tokenEnv, ...doorEnv, ...shownEnv }, environment);
}

export type GatewayEnv = ReturnType<typeof readGatewayEnv>;
