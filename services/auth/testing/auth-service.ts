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

/** Returns a snapshot of a new user, active by default. */
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

/** Returns an address not used before. */
export function newAddress(): string {
  addresses += 1;
  return `10.0.${Math.floor(addresses / 256)}.${addresses % 256}`;
}

/** A person and their beak shape. */
export interface Person extends UserSnapshot {
  beakShape: string;
}

/** Body of the answer to a login. */
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

/** The Auth service on a database of its own. */
export interface AuthUnderTest {
  client: TestClient;
  database: Database;
  /** Delivers events of User with these snapshots. */
  publish(what: keyof typeof contracts, ...snapshots: UserSnapshot[]): Promise<void>;
  /** Creates a person, active by default, with a beak shape known to Auth. */
  know(overrides?: Partial<UserSnapshot>): Promise<Person>;
  /** Sends `POST /tokens` from that address, by default a new one each time. */
  tryLogIn(login: string, beakShape: string, address?: string, device?: string | null): Test;
  /** Logs a person in; fails unless the answer is 200. */
  logIn(person: Person): Promise<Tokens>;
  refresh(refreshToken: string): Test;
  /** Sends a GET with an access token. */
  get(path: string, token: string): Test;
  delete(path: string, token: string): Test;
  /** Returns whether Auth tells the gateway that the token's session is active. */
  isAlive(token: string): Promise<boolean>;
  stop(): Promise<void>;
}

/** Returns the claims of a token, without verification. */
export function claimsOf(token: string): { sid: string; permissions: string[]; role: string } {
  return JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString('utf8'));
}

/** Starts the Auth service on a new database. */
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
