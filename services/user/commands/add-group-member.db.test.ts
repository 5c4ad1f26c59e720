import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { MAX_GROUPS_OF_PERSON, MAX_MEMBERS } from '../domain/group-limits';
import { storeGroup, storePeople } from '../testing/groups';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { addGroupMember } from './add-group-member';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const actorId = newId();
const add = (id: string, userId: string) => () =>
  addGroupMember(user, { id, userId, basedOn: 'any', actorId });

it.each(['one after another', 'at once'])('the same member twice %s is one', async (how) => {
  const [{ id }, member] = [
    await storeGroup(user, { permissions: ['users.manage'] }),
    await user.store(),
  ];
  const attempts = [add(id, member.id), add(id, member.id)];
  if (how === 'at once') {
    expect(await atOnce(user, 'group_members', attempts)).toEqual({ done: 2 });
  } else for (const attempt of attempts) await attempt();
  expect(await add(id, member.id)()).toMatchObject({ version: 2, members: [member.id] });
  expect(await user.eventsAbout(member.id)).toEqual(['UserUpdated']);
  expect(await user.auditOf(member.id)).toEqual(['group-member.added']);
});

it('two people at once are both members', async () => {
  const [{ id }, one, other] = [await storeGroup(user), await user.store(), await user.store()];
  const attempts = [add(id, one.id), add(id, other.id)];
  expect(await atOnce(user, 'group_members', attempts)).toEqual({ done: 2 });
  const repeated = await add(id, one.id)();
  expect(repeated).toMatchObject({ version: 3, memberCount: 2 });
});

it('one member too many is refused, also at once; who is in already is not', async () => {
  const [first, ...others] = await storePeople(user, MAX_MEMBERS - 1);
  const { id } = await storeGroup(user, {}, [first!, ...others]);
  const people = [await user.store(), await user.store()];
  const attempts = people.map((person) => add(id, person.id));
  const outcomes = await atOnce(user, 'group_members', attempts);
  expect(outcomes).toEqual({ done: 1, 'too-many-members': 1 });
  expect(await add(id, first!)()).toMatchObject({ memberCount: MAX_MEMBERS });
});

it('one group too many for a person is refused', async () => {
  const { id: member } = await user.store();
  for (let place = 0; place < MAX_GROUPS_OF_PERSON; place += 1)
    await storeGroup(user, {}, [member]);
  const { id } = await storeGroup(user);
  await expect(add(id, member)()).rejects.toMatchObject({ id: 'too-many-groups-of-person' });
  const memberships = 'SELECT FROM group_members WHERE group_id = $1';
  expect(await query(user.database, memberships, [id])).toEqual([]);
});

it.each(['outbox', 'audit_log', 'users', 'groups'])(
  'is undone as a whole when its row in %s can’t be stored',
  async (table) => {
    const group = await storeGroup(user, { permissions: ['users.manage'] });
    const { id } = await user.store();
    await expectRolledBack(user, table, add(group.id, id));
  },
);
