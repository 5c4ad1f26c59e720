import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { BEAK_SHAPE, startAuthDatabase, type AuthDatabase } from '../testing/auth-database';
import { logIn } from './log-in';
import { replaceBeakShape } from './replace-beak-shape';

let auth: AuthDatabase;
beforeAll(async () => {
  auth = await startAuthDatabase();
});
afterAll(() => auth.stop());

const replace = (userId: string, beakShape: string, current: string | null) => () =>
  replaceBeakShape(auth, { userId, beakShape, current });

it('ends all sessions: the old shape lets nobody in', async () => {
  const id = await auth.know();
  await auth.logIn(id);
  await replace(id, 'straight', BEAK_SHAPE)();
  expect(await auth.sessionsOf(id)).toEqual(['beak-shape-changed']);
  await expect(auth.logIn(id)).rejects.toMatchObject({ id: 'wrong-credentials' });
  await logIn(auth, auth.login(id, { beakShape: 'straight' }));
});

it('of two at once with the same old shape one is refused', async () => {
  const id = await auth.know();
  const attempts = ['straight', 'hooked'].map((shape) => replace(id, shape, BEAK_SHAPE));
  const outcomes = await atOnce(auth, 'credentials', attempts);
  expect(outcomes).toEqual({ done: 1, 'wrong-beak-shape': 1 });
});

it('a wrong current shape is refused, and counted', async () => {
  const id = await auth.know();
  for (let wrong = 0; wrong < 5; wrong += 1) {
    const attempt = replace(id, 'straight', 'wrong');
    await expect(attempt()).rejects.toMatchObject({ id: 'wrong-beak-shape' });
  }
  const right = replace(id, 'straight', BEAK_SHAPE);
  await expect(right()).rejects.toMatchObject({ id: 'too-many-attempts' });
  await auth.logIn(id);
});

it('an administrator may set the first one', async () => {
  const id = newId();
  await replace(id, 'straight', null)();
  await expect(replace(id, 'hooked', 'wrong')()).rejects.toMatchObject({ id: 'wrong-beak-shape' });
});

it('is undone as a whole when the sessions can’t be ended', async () => {
  const id = await auth.know();
  await auth.logIn(id);
  await expectRolledBack(auth, 'sessions', replace(id, 'straight', BEAK_SHAPE));
});
