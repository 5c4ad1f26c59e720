import { accountCreated } from '../../shared/contracts/events/accounts';
import { query, type Database } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import type { ServiceApp } from '../../shared/runtime/service';
import { cloudEventOf } from '../../shared/testing/cloud-events';
import type { Neighbours } from '../../shared/testing/neighbours';
import { startUnderTest } from '../../shared/testing/service-under-test';
import type { TestClient } from '../../shared/testing/test-service';
import { createUser } from '../app';
import { readUserEnv } from '../config';
import type { UserContext } from '../context';
import { createUserDatabase } from '../data-source';
import { AuthNeighbour } from './auth-neighbour';

/** Administrator that tests act as; not in the database. */
export const administrator = { id: newId(), role: 'admin' as const };

/** Body of a sign-up. */
export interface Newcomer {
  id: string;
  nickname: string;
  email: string;
  beakShape: string;
  bankAccount: string;
}

let count = 0;

/** Returns a new sign-up with unique names. */
export function newcomer(overrides: Partial<Newcomer> = {}): Newcomer {
  count += 1;
  const name = `popug-${count}`;
  return {
    id: newId(),
    nickname: name,
    email: `${name}@popug.example`,
    beakShape: `curved-yellow-${count}`,
    bankAccount: '40817810099910004312',
    ...overrides,
  };
}

/** The User service on a database of its own, with Auth as neighbour. */
export interface UserUnderTest {
  app: ServiceApp;
  client: TestClient;
  neighbours: Neighbours;
  database: Database;
  auth: AuthNeighbour;
  /** Returns the dependencies of commands with both clocks at that moment. */
  contextAt(moment: Date): UserContext;
  /** Delivers `AccountCreated` for these people. */
  openAccounts(...ids: string[]): Promise<void>;
  /** Signs a person up and activates them. */
  hire(overrides?: Partial<Newcomer>): Promise<Newcomer>;
  /** Returns the events published about a user so far, in order. */
  eventsAbout(id: string): Promise<{ type: string; data: Record<string, unknown> }[]>;
  stop(): Promise<void>;
}

/** Starts the User service with these additions to its environment. */
export async function startUserService(
  environment: Record<string, string> = {},
): Promise<UserUnderTest> {
  const { app, client, neighbours, stop } = await startUnderTest({
    name: 'user',
    readEnv: readUserEnv,
    create: createUser,
    createDatabase: createUserDatabase,
    environment: { SIGN_UP: 'open', SIGN_UPS_PER_HOUR: '1000', ...environment },
  });
  const database = app.database!;
  const openAccounts = async (...ids: string[]): Promise<void> => {
    const events = ids.map((userId) => cloudEventOf(accountCreated, { userId }));
    await client.deliver('accounts', events).expect(200);
  };
  return {
    app,
    client,
    neighbours,
    database,
    auth: new AuthNeighbour(neighbours),
    contextAt: (moment) => ({
      database,
      sidecar: app.parts.sidecar,
      now: () => Promise.resolve(moment),
      clock: () => moment,
    }),
    openAccounts,
    async hire(newcomerOverrides) {
      const person = newcomer(newcomerOverrides);
      await client.anonymous().post('/sign-up').send(person).expect(201);
      await openAccounts(person.id);
      return person;
    },
    eventsAbout: (id) =>
      query(database, 'SELECT type, data FROM outbox WHERE subject = $1 ORDER BY id', [id]),
    stop,
  };
}
