import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { lastUpdates, storeGroup } from '../testing/groups';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { addGroupMember } from './add-group-member';
import { deleteGroup } from './delete-group';
import { setGroupPermissions } from './set-group-permissions';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const actorId = newId();
const remove = (id: string) => () => deleteGroup(user, { id, basedOn: 'any', actorId });

/** Stores a group whose permission its only member has. */
async function groupOfOne(): Promise<{ id: string; member: string }> {
  const member = await user.store();
  const { id } = await storeGroup(user, { permissions: ['payouts.manage'] });
  await addGroupMember(user, { id, userId: member.id, basedOn: 'any', actorId });
  return { id, member: member.id };
}

it('takes from members what no other group gives, and is on record about each', async () => {
  const { id, member } = await groupOfOne();
  const other = await storeGroup(user, { permissions: ['payouts.manage'] }, [member]);
  await remove(id)();
  expect(await user.read(member)).toMatchObject({ version: 2 });
  await remove(other.id)();
  expect(await user.read(member)).toMatchObject({ version: 3, groupPermissions: [] });
  expect(await lastUpdates(user, [member])).toMatchObject([{ version: 3, permissions: [] }]);
  const gone = 'group-member.removed';
  expect(await user.auditOf(member)).toEqual(['group-member.added', gone, gone]);
  expect(await user.auditOf(id)).toEqual(['group.deleted']);
});

it('twice at once: the second finds no group', async () => {
  const { id } = await groupOfOne();
  const outcomes = await atOnce(user, 'groups', [remove(id), remove(id)]);
  expect(outcomes).toEqual({ done: 1, 'not-found': 1 });
});

it('at once with a new member and new permissions: nobody keeps what is gone', async () => {
  const [{ id, member }, newcomer] = [await groupOfOne(), await user.store()];
  const permissions = ['users.manage'] as const;
  await Promise.allSettled([
    addGroupMember(user, { id, userId: newcomer.id, basedOn: 'any', actorId }),
    remove(id)(),
    setGroupPermissions(user, { id, permissions, basedOn: 'any', actorId }),
  ]);
  for (const each of [member, newcomer.id]) {
    expect(await user.read(each)).toMatchObject({ groupPermissions: [] });
  }
});

it('another version than the one that was read is refused', async () => {
  const { id } = await groupOfOne();
  const stale = deleteGroup(user, { id, basedOn: [1], actorId });
  await expect(stale).rejects.toMatchObject({ id: 'stale-version' });
});

it.each(['outbox', 'audit_log', 'users', 'group_members'])(
  'is undone as a whole when its change of %s can’t be stored',
  async (table) => {
    const { id } = await groupOfOne();
    await expectRolledBack(user, table, remove(id));
  },
);
