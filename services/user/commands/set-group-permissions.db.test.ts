import { userUpdated } from '../../shared/contracts/events/users';
import { permission, role, userStatus, type Permission } from '../../shared/contracts/fields';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { MAX_MEMBERS } from '../domain/group-limits';
import { snapshotOf } from '../entities/user.entity';
import { lastUpdates, storeGroup, storePeople } from '../testing/groups';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { addGroupMember } from './add-group-member';
import { deactivateUser } from './deactivate-user';
import { grantPermissions } from './grant-permissions';
import { setGroupPermissions } from './set-group-permissions';
import { updateUser } from './update-user';

/** Half of the statement timeout: one statement per member would take longer. */
const PATIENCE_MS = 5_000;

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const actorId = newId();
const set = (id: string, permissions: readonly Permission[]) => () =>
  setGroupPermissions(user, { id, permissions, basedOn: 'any', actorId });

it('the same permissions again change nothing', async () => {
  const { id: member } = await user.store();
  const { id } = await storeGroup(user, {}, [member]);
  const first = await set(id, ['users.manage', 'payouts.manage'])();
  expect(await set(id, ['payouts.manage', 'users.manage'])()).toEqual(first);
  expect(first).toMatchObject({ version: 2, permissions: ['payouts.manage', 'users.manage'] });
  expect(await user.eventsAbout(member)).toEqual(['UserUpdated']);
  expect(await user.auditOf(id)).toEqual(['group-permissions.changed']);
});

it('publishes for each member exactly the snapshot that other changes publish', async () => {
  const people = [];
  for (const each of role.options) {
    for (const status of userStatus.options) {
      const own: Permission[] = ['users.manage', 'tasks.view-all'];
      for (const permissions of [[], own]) {
        people.push(await user.store({ role: each, status, permissions }));
      }
    }
  }
  const manager = await user.store();
  people.push(await user.store({ managerId: manager.id, locale: 'ru', version: 41 }));
  const ids = people.map(({ id }) => id).sort();
  await storeGroup(user, { permissions: ['analytics.view'] }, ids);
  const { id } = await storeGroup(user, {}, ids);
  for (const permissions of [permission.options, [], ['operations.manage' as const]]) {
    await set(id, permissions)();
    const snapshots = await Promise.all(ids.map(async (each) => snapshotOf(await user.read(each))));
    const told = await lastUpdates(user, ids);
    for (const data of told) expect(userUpdated.schema.parse(data)).toEqual(data);
    const changed = snapshots.filter(({ role: of, status }) => {
      return of !== 'admin' && status !== 'deactivated';
    });
    expect(told).toEqual(changed);
    const untold = snapshots.filter(({ userId }) =>
      told.every((data) => data['userId'] !== userId),
    );
    expect(untold.every(({ version }) => version === 1)).toBe(true);
  }
});

it('reaches all members of the largest group before the patience of a request ends', async () => {
  const ids = await storePeople(user, MAX_MEMBERS);
  const { id } = await storeGroup(user, {}, ids);
  const startedAt = performance.now();
  await set(id, ['analytics.view', 'users.manage'])();
  const tookMs = performance.now() - startedAt;
  expect(await lastUpdates(user, ids)).toHaveLength(MAX_MEMBERS);
  const told = `SELECT count(*)::integer AS count FROM users WHERE id = ANY ($1) AND version = 2`;
  expect(await query(user.database, told, [ids])).toEqual([{ count: MAX_MEMBERS }]);
  expect(tookMs).toBeLessThan(PATIENCE_MS);
});

describe('at once', () => {
  it('with another group of the same person: the person has both and two versions', async () => {
    const { id: member } = await user.store();
    const one = await storeGroup(user, {}, [member]);
    const other = await storeGroup(user, {}, [member]);
    const attempts = [set(one.id, ['payouts.manage']), set(other.id, ['analytics.view'])];
    expect(await atOnce(user, 'users', attempts)).toEqual({ done: 2 });
    const after = await user.read(member);
    expect(after).toMatchObject({
      version: 3,
      groupPermissions: ['analytics.view', 'payouts.manage'],
    });
    expect(await lastUpdates(user, [member])).toEqual([snapshotOf(after)]);
  });

  it('with changes of the person: none is lost, and each has a version', async () => {
    const { id: member } = await user.store();
    const { id } = await storeGroup(user, {}, [member]);
    const other = await storeGroup(user, { permissions: ['prices.configure'] });
    const attempts = [
      set(id, ['payouts.manage']),
      () => grantPermissions(user, { id: member, permissions: ['users.manage'], actorId }),
      () => updateUser(user, { id: member, changes: { role: 'manager' }, basedOn: 'any', actorId }),
      () => updateUser(user, { id: member, changes: { locale: 'ru' }, basedOn: 'any', actorId }),
      () => addGroupMember(user, { id: other.id, userId: member, basedOn: 'any', actorId }),
    ];
    expect(await atOnce(user, 'users', attempts)).toEqual({ done: attempts.length });
    const after = await user.read(member);
    expect(after).toMatchObject({
      version: 1 + attempts.length,
      role: 'manager',
      locale: 'ru',
      permissions: ['users.manage'],
      groupPermissions: ['payouts.manage', 'prices.configure'],
    });
    const events = await user.eventsAbout(member);
    expect(events).toHaveLength(attempts.length);
    const versions = await query(
      user.database,
      `SELECT data ->> 'version' AS version, data -> 'permissions' AS permissions FROM outbox
       WHERE subject = $1 ORDER BY (data ->> 'version')::integer`,
      [member],
    );
    expect(versions).toMatchObject(['2', '3', '4', '5', '6'].map((version) => ({ version })));
    const { permissions } = snapshotOf(after);
    expect(versions.at(-1)).toMatchObject({ permissions });
  });

  it('with the deactivation of a member: the last snapshot is the state', async () => {
    const { id: member } = await user.store();
    const { id } = await storeGroup(user, {}, [member]);
    const attempts = [
      set(id, ['payouts.manage']),
      () => deactivateUser(user, { id: member, actorId }),
    ];
    expect(await atOnce(user, 'users', attempts)).toEqual({ done: 2 });
    const after = await user.read(member);
    expect(snapshotOf(after)).toMatchObject({ status: 'deactivated', permissions: [] });
    expect(after.version).toBe(1 + (await user.eventsAbout(member)).length);
  });

  it('of the same version: one is refused', async () => {
    const { id } = await storeGroup(user);
    const attempts = (['payouts.manage', 'users.manage'] as const).map((each) => () => {
      return setGroupPermissions(user, { id, permissions: [each], basedOn: [1], actorId });
    });
    expect(await atOnce(user, 'groups', attempts)).toEqual({ done: 1, 'stale-version': 1 });
  });
});

it('no group is not found', async () => {
  await expect(set(newId(), [])()).rejects.toMatchObject({ id: 'not-found' });
});

it.each(['outbox', 'audit_log', 'users', 'groups'])(
  'is undone as a whole when its row in %s can’t be stored',
  async (table) => {
    const { id: member } = await user.store();
    const { id } = await storeGroup(user, {}, [member]);
    await expectRolledBack(user, table, set(id, ['payouts.manage']));
  },
);
