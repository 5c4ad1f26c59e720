import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { MAX_SESSIONS } from '../domain/session-life';
import { startAuthDatabase, type AuthDatabase } from '../testing/auth-database';
import { logIn } from './log-in';
import { replaceBeakShape } from './replace-beak-shape';

let auth: AuthDatabase;
beforeAll(async () => {
  auth = await startAuthDatabase();
});
afterAll(() => auth.stop());

it('logins of one person take turns: the limit of sessions holds for many at once', async () => {
  const id = await auth.know();
  const attempts = Array.from({ length: 4 }, () => () => auth.logIn(id));
  for (let count = 0; count < MAX_SESSIONS - 2; count += 1) await auth.logIn(id);
  expect(await atOnce(auth, 'sessions', attempts)).toEqual({ done: 4 });
  const reasons = await auth.sessionsOf(id);
  expect(reasons.filter((reason) => reason === null)).toHaveLength(MAX_SESSIONS);
  expect(reasons.filter((reason) => reason === 'too-many-sessions')).toHaveLength(2);
});

it('lets nobody in with a shape that is replaced while it is checked', async () => {
  const id = await auth.know();
  const attempt = auth.login(id);
  const slow = Object.create(auth.hasher) as typeof auth.hasher;
  slow.inTurn = async (work) => {
    const isRight = await auth.hasher.inTurn(work);
    await replaceBeakShape(auth, { userId: id, beakShape: 'straight', current: null });
    return isRight;
  };
  const late = logIn({ ...auth, hasher: slow }, attempt);
  await expect(late).rejects.toMatchObject({ id: 'wrong-credentials' });
  expect(await auth.sessionsOf(id)).toEqual([]);
});

it.each([
  ['a wrong beak shape', 'active', 'straight', 'wrong-credentials'],
  ['somebody deactivated', 'deactivated', undefined, 'wrong-credentials'],
  ['somebody who is not active yet', 'inactive', undefined, 'not-active-yet'],
] as const)('refuses %s', async (_, status, beakShape, refusal) => {
  const id = await auth.know({ status });
  const attempt = auth.login(id, beakShape ? { beakShape } : {});
  await expect(logIn(auth, attempt)).rejects.toMatchObject({ id: refusal });
  expect(await auth.sessionsOf(id)).toEqual([]);
});

it('opens no session whose device can’t be remembered', async () => {
  const id = await auth.know();
  const attempt = auth.login(id, { device: null });
  await expectRolledBack(auth, 'devices', () => logIn(auth, attempt));
});
