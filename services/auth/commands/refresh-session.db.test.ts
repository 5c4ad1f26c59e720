import { query } from '../../shared/db/data-source';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { startAuthDatabase, type AuthDatabase } from '../testing/auth-database';
import { refreshSession } from './refresh-session';

let auth: AuthDatabase;
beforeAll(async () => {
  auth = await startAuthDatabase();
});
afterAll(() => auth.stop());

const END = `UPDATE sessions SET ended_at = now(), end_reason = 'logged-out' WHERE user_id = $1`;
const EXPIRE = 'UPDATE sessions SET expires_at = now() WHERE user_id = $1';
const DEACTIVATE = `UPDATE users SET status = 'deactivated' WHERE id = $1`;

it('two exchanges of one token at once give the same successor', async () => {
  const id = await auth.know();
  const { refreshToken } = await auth.logIn(id);
  const successors = new Set<string>();
  const exchange = async () => {
    successors.add((await refreshSession(auth, refreshToken)).refreshToken);
  };
  expect(await atOnce(auth, 'sessions', [exchange, exchange])).toEqual({ done: 2 });
  expect(successors.size).toBe(1);
  expect(await auth.sessionsOf(id)).toEqual([null]);
});

it('a token from before the last but one ends the session, and that is committed', async () => {
  const id = await auth.know();
  const { refreshToken } = await auth.logIn(id);
  const second = await refreshSession(auth, refreshToken);
  await refreshSession(auth, second.refreshToken);
  await expect(refreshSession(auth, refreshToken)).rejects.toMatchObject({ id: 'unauthorized' });
  expect(await auth.sessionsOf(id)).toEqual(['refresh-token-reused']);
});

it.each([
  ['an ended session', END],
  ['a session that is over', EXPIRE],
  ['somebody deactivated', DEACTIVATE],
  ['a forged token', null],
])('%s is refused, and nothing is exchanged', async (_, sql) => {
  const id = await auth.know();
  const { refreshToken } = await auth.logIn(id);
  if (sql) await query(auth.database, sql, [id]);
  const reasons = await auth.sessionsOf(id);
  const refused = refreshSession(auth, sql ? refreshToken : `x${refreshToken}`);
  await expect(refused).rejects.toMatchObject({ id: 'unauthorized' });
  expect(await auth.sessionsOf(id)).toEqual(reasons);
});

it('is undone as a whole: the token serves again', async () => {
  const { refreshToken } = await auth.logIn(await auth.know());
  await expectRolledBack(auth, 'refresh_tokens', () => refreshSession(auth, refreshToken));
  await refreshSession(auth, refreshToken);
});
