import { userUpdated } from '../../shared/contracts/events/users';
import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { snapshotOf } from '../entities/user.entity';
import { lastUpdates, storePeople } from '../testing/groups';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { deactivateUser } from './deactivate-user';
import { updateUser } from './update-user';

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

describe('subordinates of somebody who leaves', () => {
  const leave = (id: string) => () => deactivateUser(user, { id, actorId });
  const below = (id: string, managerId: string) => () =>
    updateUser(user, { id, changes: { managerId }, basedOn: 'any', actorId });
  const managerOf = async (id: string) => (await user.read(id)).managerId;

  it('move to the manager above, those below them stay, each told and on record once', async () => {
    const top = await user.store();
    const leaver = await user.store({ managerId: top.id });
    const middle = await user.store({ managerId: leaver.id, role: 'manager' });
    const gone = await user.store({ managerId: leaver.id, status: 'deactivated' });
    const bottom = await user.store({ managerId: middle.id });
    await leave(leaver.id)();
    await leave(leaver.id)();
    expect(await managerOf(leaver.id)).toBe(top.id);
    expect(await user.read(bottom.id)).toMatchObject({ managerId: middle.id, version: 1 });
    for (const { id } of [middle, gone]) {
      const moved = await user.read(id);
      expect(moved).toMatchObject({ managerId: top.id, version: 2 });
      const told = await lastUpdates(user, [id]);
      expect(told).toEqual([snapshotOf(moved)]);
      expect(userUpdated.schema.parse(told[0])).toEqual(told[0]);
      const written = 'SELECT actor_id, action, details FROM audit_log WHERE subject = $1';
      const details = {
        before: leaver.id,
        after: top.id,
        reason: 'The manager was deactivated',
      };
      expect(await query(user.database, written, [id])).toEqual([
        { actor_id: actorId, action: 'manager.changed', details },
      ]);
    }
    expect(await user.eventsAbout(bottom.id)).toEqual([]);
  });

  it('move past managers who are not active, to nobody when there is none', async () => {
    const top = await user.store();
    const gone = await user.store({ managerId: top.id, status: 'deactivated' });
    const waiting = await user.store({ managerId: gone.id, status: 'inactive' });
    const leaver = await user.store({ managerId: waiting.id });
    const { id } = await user.store({ managerId: leaver.id });
    await leave(leaver.id)();
    expect(await managerOf(id)).toBe(top.id);
    await leave(top.id)();
    expect(await managerOf(id)).toBeNull();
  });

  it('are moved by one transaction, however many they are', async () => {
    const [top, leaver] = [await user.store(), await user.store()];
    await below(leaver.id, top.id)();
    const ids = await storePeople(user, 2_000, leaver.id);
    await leave(leaver.id)();
    const told = await lastUpdates(user, ids);
    expect(told).toHaveLength(ids.length);
    expect(new Set(told.map(({ managerId }) => managerId))).toEqual(new Set([top.id]));
  });

  it('follow, when two managers of one line leave at once, to who stays', async () => {
    const top = await user.store();
    const upper = await user.store({ managerId: top.id });
    const lower = await user.store({ managerId: upper.id });
    const { id } = await user.store({ managerId: lower.id });
    expect(await atOnce(user, 'users', [leave(upper.id), leave(lower.id)])).toEqual({ done: 2 });
    expect(await managerOf(id)).toBe(top.id);
  });

  it('do not come to be below a leaver at once with the deactivation', async () => {
    const [leaver, person] = [await user.store(), await user.store()];
    const follow = below(person.id, leaver.id);
    const outcomes = await atOnce(user, 'users', [leave(leaver.id), follow]);
    expect(outcomes['done']).toBeGreaterThanOrEqual(1);
    expect(await managerOf(person.id)).toBeNull();
    await expect(follow()).rejects.toMatchObject({ id: 'bad-request' });
  });

  it.each(['outbox', 'audit_log', 'users'])(
    'stay when a row in %s can’t be stored',
    async (table) => {
      const leaver = await user.store();
      await user.store({ managerId: leaver.id });
      await expectRolledBack(user, table, leave(leaver.id));
    },
  );
});
