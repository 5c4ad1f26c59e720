import { query } from '../../shared/db/data-source';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { MAX_GROUPS } from '../domain/group-limits';
import type { NewGroup } from '../entities/group.entity';
import { someGroup } from '../testing/groups';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { createGroup } from './create-group';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const create = (group: NewGroup) => () => createGroup(user, group);
const GROUPS = 'SELECT count(*)::integer AS count FROM groups';
const countGroups = async (): Promise<number> =>
  (await query<{ count: number }>(user.database, GROUPS))[0]!.count;

it.each(['one after another', 'at once'])('the same group twice %s is one group', async (how) => {
  const group = someGroup({ permissions: ['users.manage'] });
  const before = await countGroups();
  if (how === 'at once') {
    const attempts = [create(group), create(group)];
    expect(await atOnce(user, 'groups', attempts)).toEqual({ done: 2 });
  } else for (const _ of [1, 2]) await create(group)();
  expect(await countGroups()).toBe(before + 1);
  expect(await user.auditOf(group.id)).toEqual(['group.created']);
});

it('of two groups with one name at once, one is refused', async () => {
  const name = 'Night shift';
  const attempts = [create(someGroup({ name })), create(someGroup({ name: name.toUpperCase() }))];
  expect(await atOnce(user, 'groups', attempts)).toEqual({ done: 1, 'name-taken': 1 });
});

it('another group with a known id is refused', async () => {
  const group = someGroup();
  await create(group)();
  for (const change of [{ name: 'Other' }, { permissions: ['users.manage'] as const }]) {
    await expect(create({ ...group, ...change })()).rejects.toMatchObject({ id: 'id-taken' });
  }
});

it.each(['audit_log', 'groups'])(
  'is undone as a whole when its row in %s can’t be stored',
  async (table) => {
    await expectRolledBack(user, table, create(someGroup()));
  },
);

it('one group too many is refused, also at once, and a repeat of the last one is not', async () => {
  const fill = `
    INSERT INTO groups (id, name, name_key, permissions, version, request_fingerprint, created_at)
    SELECT uuid_v7(), number, number, '{}', 1, uuid_v7(), now()
    FROM generate_series(1, $1) AS number`;
  await query(user.database, fill, [MAX_GROUPS - 1 - (await countGroups())]);
  const groups = [someGroup(), someGroup()];
  const outcomes = await atOnce(user, 'groups', groups.map(create));
  expect(outcomes).toEqual({ done: 1, 'too-many-groups': 1 });
  expect(await countGroups()).toBe(MAX_GROUPS);
  const repeats = await Promise.allSettled(groups.map((group) => create(group)()));
  expect(repeats.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
});
