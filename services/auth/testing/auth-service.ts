import type { Test } from 'supertest';
import {
  userActivated,
  userCreated,
  userDeactivated,
  userUpdated,
  type UserSnapshot,
} from '../../shared/contracts/events/users';
import { rolePermissions } from '../../shared/contracts/fields';
import type { Database } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { cloudEventOf } from '../../shared/testing/cloud-events';
import { startUnderTest } from '../../shared/testing/service-under-test';
import type { TestClient } from '../../shared/testing/test-service';
import { createAuth } from '../app';
import { readAuthEnv } from '../config';
import { createAuthDatabase } from '../data-source';

let count = 0;

/** A snapshot of somebody new, active unless told otherwise. */
export function snapshot(overrides: Partial<UserSnapshot> = {}): UserSnapshot {
  count += 1;
  const name = `popug-${count}`;
  const role = overrides.role ?? 'employee';
  return {
    userId: newId(),
    version: 2,
    nickname: name,
    email: `${name}@popug.example`,
    role,
    status: 'active',
    permissions: [...rolePermissions[role]],
    managerId: null,
    locale: 'en',
    ...overrides,
  };
}

let addresses = 0;

/** An address that nobody came from yet. */
export function newAddress(): string {
  addresses += 1;
  return `10.0.${Math.floor(addresses / 256)}.${addresses % 256}`;
}

/** Somebody with a beak shape. */
export interface Person extends UserSnapshot {
  beakShape: string;
}

/** What a login answers. */
export interface Tokens {
  token: string;
  expiresAt: string;
  refreshToken: string;
  user: { id: string };
}

const contracts = {
  created: userCreated,
  activated: userActivated,
  updated: userUpdated,
  deactivated: userDeactivated,
};

/** The auth service on a database of its own. */
export interface AuthUnderTest {
  client: TestClient;
  database: Database;
  /** User publishes that snapshot. */
  publish(what: keyof typeof contracts, ...snapshots: UserSnapshot[]): Promise<void>;
  /** Somebody with a beak shape, known to Auth. */
  know(overrides?: Partial<UserSnapshot>): Promise<Person>;
  /** `POST /tokens` from that address, a new one each time unless told otherwise. */
  tryLogIn(login: string, beakShape: string, address?: string, device?: string | null): Test;
  /** Logs a person in, who must be let in. */
  logIn(person: Person): Promise<Tokens>;
  refresh(refreshToken: string): Test;
  /** A request with an access token. */
  get(path: string, token: string): Test;
  delete(path: string, token: string): Test;
  /** Whether the gateway is told that this session lives. */
  isAlive(token: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** What a token says, unchecked. */
export function claimsOf(token: string): { sid: string; permissions: string[]; role: string } {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8'));
}

/** Starts it. */
export async function startAuthService(): Promise<AuthUnderTest> {
  const { app, client, stop } = await startUnderTest({
    name: 'auth',
    readEnv: readAuthEnv,
    create: createAuth,
    createDatabase: createAuthDatabase,
  });
  const anonymous = client.anonymous();
  const publish: AuthUnderTest['publish'] = async (what, ...snapshots) => {
    const events = snapshots.map((each) => cloudEventOf(contracts[what], each));
    const answer = await client.deliver('users', events).expect(200);
    for (const { status } of answer.body.statuses) expect(status).toBe('SUCCESS');
  };
  const tryLogIn: AuthUnderTest['tryLogIn'] = (
    login,
    beakShape,
    address = newAddress(),
    device = undefined,
  ) => anonymous.post('/tokens').set('x-forwarded-for', address).send({ login, beakShape, device });
  return {
    client,
    database: app.database!,
    publish,
    async know(overrides) {
      const person = { ...snapshot(overrides), beakShape: `curved-yellow-${count}` };
      const { beakShape, ...user } = person;
      await client
        .service('user')
        .put(`/credentials/${user.userId}`)
        .send({ beakShape })
        .expect(200);
      await publish('activated', user);
      return person;
    },
    tryLogIn,
    async logIn({ userId, beakShape }) {
      return (await tryLogIn(userId, beakShape, '192.0.2.1').expect(200)).body;
    },
    refresh: (refreshToken) => anonymous.post('/tokens/refresh').send({ refreshToken }),
    get: (path, token) => anonymous.get(path).set('authorization', `Bearer ${token}`),
    delete: (path, token) => anonymous.delete(path).set('authorization', `Bearer ${token}`),
    async isAlive(token) {
      const path = `/sessions/${claimsOf(token).sid}`;
      return (await client.service('gateway').get(path).expect(200)).body.active;
    },
    stop,
  };
}
