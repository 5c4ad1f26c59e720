import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { Session } from '../entities/session.entity';
import { startAuthDatabase, type AuthDatabase } from '../testing/auth-database';
import { endOwnSession } from './end-own-session';

let auth: AuthDatabase;
beforeAll(async () => {
  auth = await startAuthDatabase();
});
afterAll(() => auth.stop());

async function begin(): Promise<{ id: string; userId: string }> {
  const userId = await auth.know();
  await auth.logIn(userId);
  const [session] = await auth.database.manager.find(Session, { where: { userId } });
  return { id: session!.id, userId };
}

it('ends a session once, however often and at once', async () => {
  const session = await begin();
  const end = () => endOwnSession(auth, session);
  expect(await atOnce(auth, 'sessions', [end, end])).toEqual({ done: 2 });
  await end();
  expect(await auth.sessionsOf(session.userId)).toEqual(['logged-out']);
});

it('somebody else’s session, or none, is not found and stays', async () => {
  const session = await begin();
  for (const each of [
    { ...session, userId: newId() },
    { ...session, id: newId() },
  ]) {
    await expect(endOwnSession(auth, each)).rejects.toMatchObject({ id: 'not-found' });
  }
  expect(await auth.sessionsOf(session.userId)).toEqual([null]);
});

it('is undone as a whole when its tokens can’t be deleted', async () => {
  const session = await begin();
  await expectRolledBack(auth, 'refresh_tokens', () => endOwnSession(auth, session));
});
