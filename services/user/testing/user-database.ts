import { Sidecar } from '../../shared/dapr/sidecar';
import { query } from '../../shared/db/data-source';
import { serviceClocks } from '../../shared/db/database-clock';
import { newId } from '../../shared/kernel/ids';
import { Neighbours } from '../../shared/testing/neighbours';
import { createTestDatabase } from '../../shared/testing/test-database';
import type { UserContext } from '../context';
import { createUserDatabase } from '../data-source';
import { User, newcomer, type Registration } from '../entities/user.entity';
import { AuthNeighbour } from './auth-neighbour';

const SIDECAR_TOKEN = 'test-sidecar-token';

let count = 0;

/** Returns a new registration, by default a self-registration. */
export function registration(overrides: Partial<Registration> = {}): Registration {
  count += 1;
  const nickname = `parrot-${count}`;
  return {
    id: newId(),
    nickname,
    email: `${nickname}@popug.example`,
    bankAccount: '40817810099910004312',
    locale: 'en',
    registeredBy: null,
    ...overrides,
  };
}

/** Context of commands on a database of the test's own, with Auth as neighbour. */
export interface UserDatabase extends UserContext {
  ownerUrl: string;
  neighbours: Neighbours;
  auth: AuthNeighbour;
  /** Returns the context with both clocks at that moment. */
  at(moment: Date): UserContext;
  /** Stores a person, by default an active employee. */
  store(changes?: Partial<User>): Promise<User>;
  /** Sets credentials and account of a registered person, and activates them. */
  activate(id: string): Promise<void>;
  read(id: string): Promise<User>;
  /** Returns the types of events about a person, in order. */
  eventsAbout(id: string): Promise<string[]>;
  /** Returns the audited actions about a person, in order. */
  auditOf(id: string): Promise<string[]>;
  /** Returns recipient and template of due letters about a person. */
  lettersTo(id: string): Promise<{ to: string; template: string }[]>;
  stop(): Promise<void>;
}

/** Creates and migrates a database for a test of commands. */
export async function startUserDatabase(): Promise<UserDatabase> {
  const neighbours = new Neighbours();
  const sidecar = new Sidecar({ port: await neighbours.start(), token: SIDECAR_TOKEN });
  const test = await createTestDatabase(createUserDatabase);
  const { database } = test;
  const context = { ...serviceClocks, database, sidecar };
  const column = async <T>(sql: string, id: string): Promise<T[]> =>
    (await query<{ value: T }>(database, sql, [id])).map(({ value }) => value);
  return {
    ...context,
    ownerUrl: test.ownerUrl,
    neighbours,
    auth: new AuthNeighbour(neighbours),
    at: (moment) => ({ ...context, now: () => Promise.resolve(moment), clock: () => moment }),
    async store(changes = {}) {
      const now = new Date();
      const user = newcomer(registration(), changes.role ?? 'employee', now);
      const active = { status: 'active', credentialsSetAt: now, accountOpenedAt: now } as const;
      const stored = Object.assign(user, active, { bankAccount: null }, changes);
      await database.manager.insert(User, stored);
      return stored;
    },
    async activate(id) {
      const [credentialsSetAt, accountOpenedAt] = [new Date(), new Date()];
      const open = { credentialsSetAt, accountOpenedAt, bankAccount: null };
      await database.manager.update(User, { id }, { ...open, status: 'active', version: 2 });
    },
    read: (id) => database.manager.findOneByOrFail(User, { id }),
    eventsAbout: (id) =>
      column(
        `SELECT split_part(type, '.', 1) AS value FROM outbox WHERE subject = $1 ORDER BY id`,
        id,
      ),
    auditOf: (id) =>
      column('SELECT action AS value FROM audit_log WHERE subject = $1 ORDER BY id', id),
    lettersTo: (id) =>
      query(
        database,
        `SELECT recipient ->> 'to' AS to, content ->> 'template' AS template FROM due_letters
         WHERE user_id = $1 ORDER BY 1`,
        [id],
      ),
    async stop() {
      await sidecar.close();
      await neighbours.stop();
      await test.drop();
    },
  };
}
