import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { storeGroup } from '../testing/groups';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { addGroupMember } from './add-group-member';
import { removeGroupMember } from './remove-group-member';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const actorId = newId();

async function membership(): Promise<{ id: string; userId: string }> {
  const [group, person] = [
    await storeGroup(user, { permissions: ['users.manage'] }),
    await user.store(),
  ];
  const added = { id: group.id, userId: person.id };
  await addGroupMember(user, { ...added, basedOn: 'any', actorId });
  return added;
}
const remove = (of: { id: string; userId: string }) => () =>
  removeGroupMember(user, { ...of, basedOn: 'any', actorId });

it.each(['one after another', 'at once'])('the same removal twice %s is one', async (how) => {
  const of = await membership();
  const attempts = [remove(of), remove(of)];
  if (how === 'at once') {
    expect(await atOnce(user, 'group_members', attempts)).toEqual({ done: 2 });
  } else for (const attempt of attempts) await attempt();
  expect(await user.read(of.userId)).toMatchObject({ version: 3, groupPermissions: [] });
  expect(await user.eventsAbout(of.userId)).toEqual(['UserUpdated', 'UserUpdated']);
  const actions = ['group-member.added', 'group-member.removed'];
  expect(await user.auditOf(of.userId)).toEqual(actions);
});

it('at once with the same addition: member and permission agree', async () => {
  const of = await membership();
  const attempts = [remove(of), () => addGroupMember(user, { ...of, basedOn: 'any', actorId })];
  expect(await atOnce(user, 'group_members', attempts)).toEqual({ done: 2 });
  const { members } = await addGroupMember(user, { ...of, basedOn: 'any', actorId });
  expect(members).toEqual([of.userId]);
  expect(await user.read(of.userId)).toMatchObject({ groupPermissions: ['users.manage'] });
});

it.each(['outbox', 'audit_log', 'users', 'groups', 'group_members'])(
  'is undone as a whole when its change of %s can’t be stored',
  async (table) => {
    await expectRolledBack(user, table, remove(await membership()));
  },
);
