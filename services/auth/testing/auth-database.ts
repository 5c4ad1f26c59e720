import type { UserSnapshot } from '../../shared/contracts/events/users';
import { nicknameKey } from '../../shared/contracts/fields';
import { query } from '../../shared/db/data-source';
import { createTestDatabase } from '../../shared/testing/test-database';
import { createCredentials } from '../commands/create-credentials';
import { logIn, type Login, type LoginTokens } from '../commands/log-in';
import type { AuthContext } from '../context';
import { createAuthDatabase } from '../data-source';
import { UserCopy } from '../entities/user-copy.entity';
import { contextOn } from './auth-context';
import { newAddress, snapshot } from './auth-service';

export const BEAK_SHAPE = 'curved-yellow';

/** Context of commands on a database of the test's own. */
export interface AuthDatabase extends AuthContext {
  ownerUrl: string;
  /** Returns the context with both clocks at that moment. */
  at(moment: Date): AuthContext;
  /** Stores an active person with the beak shape `BEAK_SHAPE`; returns the id. */
  know(changes?: Partial<UserSnapshot>): Promise<string>;
  /** Returns a login with the right beak shape, from a new address. */
  login(login: string, changes?: Partial<Login>): Login;
  logIn(id: string): Promise<LoginTokens>;
  /** Returns the end reasons of a person's sessions, oldest first; null for a living one. */
  sessionsOf(id: string): Promise<(string | null)[]>;
  stop(): Promise<void>;
}

/** Creates and migrates a database for a test of commands. */
export async function startAuthDatabase(): Promise<AuthDatabase> {
  const test = await createTestDatabase(createAuthDatabase);
  const context = contextOn(test.database);
  const login: AuthDatabase['login'] = (name, changes = {}) => {
    const address = newAddress();
    const from = { address, addressGroup: address, device: undefined };
    return { login: name, beakShape: BEAK_SHAPE, ...from, ...changes };
  };
  return {
    ...context,
    ownerUrl: test.ownerUrl,
    at: (moment) => contextOn(test.database, moment),
    async know(changes) {
      const { userId: id, ...user } = snapshot(changes);
      const copy = { ...user, id, nicknameKey: nicknameKey(user.nickname), copiedAt: new Date() };
      await test.database.manager.insert(UserCopy, copy);
      await createCredentials(context, id, BEAK_SHAPE);
      return id;
    },
    login,
    logIn: (id) => logIn(context, login(id)),
    async sessionsOf(id) {
      const sql =
        'SELECT end_reason AS reason FROM sessions WHERE user_id = $1 ORDER BY created_at, id';
      const rows = await query<{ reason: string | null }>(test.database, sql, [id]);
      return rows.map(({ reason }) => reason);
    },
    stop: () => test.drop(),
  };
}
