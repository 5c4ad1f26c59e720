import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { storeGroup } from '../testing/groups';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { renameGroup } from './rename-group';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const actorId = newId();
const rename = (id: string, name: string) => () =>
  renameGroup(user, { id, name, basedOn: [1], actorId });

it('the same renaming again is refused by its version, and without one changes nothing', async () => {
  const { id } = await storeGroup(user);
  const first = await rename(id, 'Morning')();
  await expect(rename(id, 'Morning')()).rejects.toMatchObject({ id: 'stale-version' });
  const again = { id, name: 'Morning', basedOn: 'any', actorId } as const;
  expect(await renameGroup(user, again)).toEqual(first);
  expect(await user.auditOf(id)).toEqual(['group.renamed']);
});

it('of two renamings of one version at once, one is refused', async () => {
  const { id } = await storeGroup(user);
  const outcomes = await atOnce(user, 'groups', [rename(id, 'One'), rename(id, 'Other')]);
  expect(outcomes).toEqual({ done: 1, 'stale-version': 1 });
});

it('of two groups renamed alike at once, one is refused', async () => {
  const groups = [await storeGroup(user), await storeGroup(user)];
  const attempts = groups.map(({ id }, place) => rename(id, place === 0 ? 'Alike' : 'aLIKE'));
  const outcomes = await atOnce(user, 'groups', attempts);
  expect(outcomes).toEqual({ done: 1, 'name-taken': 1 });
});

it('no group is not found', async () => {
  await expect(rename(newId(), 'Nobody')()).rejects.toMatchObject({ id: 'not-found' });
});

it('is undone as a whole when its audit row can’t be stored', async () => {
  const { id } = await storeGroup(user);
  await expectRolledBack(user, 'audit_log', rename(id, 'Undone'));
});
