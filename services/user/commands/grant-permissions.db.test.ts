import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { grantPermissions } from './grant-permissions';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const actorId = newId();

it('the same grant again changes nothing', async () => {
  const { id } = await user.store();
  const grant = { id, permissions: ['payouts.manage', 'users.manage'] as const, actorId };
  const first = await grantPermissions(user, grant);
  const again = { ...grant, permissions: [...grant.permissions].reverse() };
  expect(await grantPermissions(user, again)).toEqual(first);
  expect(await user.eventsAbout(id)).toEqual(['UserUpdated']);
  expect(await user.auditOf(id)).toEqual(['permissions.changed']);
});

it('two grants at once: the later one replaces the earlier one, with a version each', async () => {
  const { id } = await user.store();
  const attempts = (['payouts.manage', 'users.manage'] as const).map((permission) => {
    return () => grantPermissions(user, { id, permissions: [permission], actorId });
  });
  expect(await atOnce(user, 'users', attempts)).toEqual({ done: 2 });
  const { version, permissions } = await user.read(id);
  expect(version).toBe(3);
  expect(permissions).toHaveLength(1);
  expect(await user.eventsAbout(id)).toEqual(['UserUpdated', 'UserUpdated']);
});

it('nobody is not found', async () => {
  const grant = { id: newId(), permissions: [], actorId };
  await expect(grantPermissions(user, grant)).rejects.toMatchObject({ id: 'not-found' });
});

it('is undone as a whole when its event can’t be stored', async () => {
  const { id } = await user.store();
  const grant = { id, permissions: ['payouts.manage'] as const, actorId };
  await expectRolledBack(user, 'outbox', () => grantPermissions(user, grant));
});
