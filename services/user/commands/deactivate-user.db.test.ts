import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { deactivateUser } from './deactivate-user';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const actorId = newId();

it.each(['one after another', 'at once'])('two deactivations %s have one effect', async (how) => {
  const { id } = await user.store();
  const attempt = () => deactivateUser(user, { id, actorId });
  if (how === 'at once')
    expect(await atOnce(user, 'users', [attempt, attempt])).toEqual({ done: 2 });
  else for (const each of [attempt, attempt]) await each();
  expect(await user.read(id)).toMatchObject({ status: 'deactivated', version: 2 });
  expect(await user.eventsAbout(id)).toEqual(['UserDeactivated']);
  expect(await user.auditOf(id)).toEqual(['user.deactivated']);
});

it('of the last two administrators, who deactivate each other at once, one stays', async () => {
  const admins = [await user.store({ role: 'admin' }), await user.store({ role: 'admin' })];
  const attempts = admins.map(
    ({ id }) =>
      () =>
        deactivateUser(user, { id, actorId }),
  );
  const outcomes = await atOnce(user, 'users', attempts);
  expect(outcomes).toEqual({ done: 1, 'last-administrator': 1 });
});

it('nobody is not found', async () => {
  const nobody = deactivateUser(user, { id: newId(), actorId });
  await expect(nobody).rejects.toMatchObject({ id: 'not-found' });
});

it('is undone as a whole when its event can’t be stored', async () => {
  const { id } = await user.store();
  await expectRolledBack(user, 'outbox', () => deactivateUser(user, { id, actorId }));
});
