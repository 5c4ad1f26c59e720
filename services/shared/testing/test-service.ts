import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import supertest from 'supertest';
import { TOKEN_AUDIENCE } from '../contracts/access-token';
import { rolePermissions, type Permission, type Role } from '../contracts/fields';
import { KeySet, TokenVerifier, type PublicJwk } from '../http/access-token';
import { newId } from '../kernel/ids';
import type { ServiceApp } from '../runtime/service';
import { koaOf } from '../runtime/service';

const KEY_ID = 'test-key';
const TOKEN_LIFE_SECONDS = 300;
export const TEST_ISSUER = 'popug';

/** `APP_API_TOKEN` of services under test. */
export const TEST_APP_TOKEN = 'test-app-token';

const keys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

/** Public half of the key that `tokenFor` signs with. */
export const testJwk = { ...keys.publicKey.export({ format: 'jwk' }), kid: KEY_ID } as PublicJwk;

/** Returns a verifier for tokens of `tokenFor`, like that of a service for those of Auth. */
export function testVerifier(): TokenVerifier {
  return new TokenVerifier(new KeySet(() => Promise.resolve([testJwk])), TEST_ISSUER);
}

/** Caller in a test. */
export interface TestCaller {
  id?: string;
  role?: Role;
  /** In addition to those of the role. */
  permissions?: Permission[];
  sessionId?: string;
}

/** Returns an access token like those of Auth. */
export function tokenFor(
  caller: TestCaller,
  overrides: jwt.SignOptions & { key?: KeyObject } = {},
): string {
  const role = caller.role ?? 'employee';
  const permissions = [...rolePermissions[role], ...(caller.permissions ?? [])];
  const { key, ...options } = overrides;
  return jwt.sign({ sid: caller.sessionId ?? newId(), role, permissions }, key ?? keys.privateKey, {
    algorithm: 'ES256',
    keyid: KEY_ID,
    issuer: TEST_ISSUER,
    audience: TOKEN_AUDIENCE,
    subject: caller.id ?? newId(),
    expiresIn: TOKEN_LIFE_SECONDS,
    ...options,
  });
}

/** Returns the environment of a service under test; `daprPort` is that of its `Neighbours`. */
export function testEnv(daprPort: number): Record<string, string> {
  return {
    PORT: '1',
    METRICS_PORT: '2',
    LOG_LEVEL: 'silent',
    DAPR_HTTP_PORT: String(daprPort),
    DAPR_API_TOKEN: 'test-sidecar-token',
    APP_API_TOKEN: TEST_APP_TOKEN,
    TOKEN_ISSUER: TEST_ISSUER,
  };
}

/** Sends requests to a service as its sidecar does, and validates answers by their schemas. */
export interface TestClient {
  /** Requests of a user, with an access token. */
  as(caller: TestCaller): TestRequester;
  /** Requests without a token. */
  anonymous(): TestRequester;
  /** Requests of another service. */
  service(appId: string): TestRequester;
  /** Delivers CloudEvents to `/events/<topic>` the way the sidecar does. */
  deliver(topic: string, events: readonly object[]): supertest.Test;
}

type Verb = (path: string) => supertest.Test;
export type TestRequester = Record<'get' | 'post' | 'put' | 'patch' | 'delete', Verb>;

/** Creates a client of a service's Koa application. */
export function testClient(app: ServiceApp): TestClient {
  const health = { isReady: () => Promise.resolve(true), canConsume: () => true };
  const agent = supertest(koaOf(app, health, true).callback());
  const requester = (headers: Record<string, string>): TestRequester => {
    const verb =
      (method: keyof TestRequester): Verb =>
      (path) =>
        agent[method](path).set({ 'dapr-api-token': TEST_APP_TOKEN, ...headers });
    return {
      get: verb('get'),
      post: verb('post'),
      put: verb('put'),
      patch: verb('patch'),
      delete: verb('delete'),
    };
  };
  return {
    as: (caller) => requester({ authorization: `Bearer ${tokenFor(caller)}` }),
    anonymous: () => requester({}),
    service: (appId) => requester({ 'dapr-caller-app-id': appId }),
    deliver: (topic, events) =>
      requester({})
        .post(`/events/${topic}`)
        .send({ entries: events.map((event, index) => ({ entryId: String(index), event })) }),
  };
}
