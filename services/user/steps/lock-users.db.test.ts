import type { Tx } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { eventually } from '../../shared/testing/eventually';
import { isLockAwaited } from '../../shared/testing/lock-wait';
import { giveUpRegistrations } from '../commands/give-up-registrations';
import { updateUser } from '../commands/update-user';
import { GIVEN_UP_AFTER_MS } from '../domain/activation';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { lockUser } from './lock-users';
import { noteAccountsOpened } from './note-accounts-opened';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const now = new Date();

it.each([
  ['a change of their own', (tx: Tx, id: string) => lockUser(tx, id)],
  ['their account opening', (tx: Tx, id: string) => noteAccountsOpened(tx, [id], now)],
])('people become managers during %s', async (_, hold) => {
  const [manager, { id }] = [await user.store(), await user.store()];
  await user.database.transaction(async (tx) => {
    await hold(tx, manager.id);
    const changes = { managerId: manager.id };
    await updateUser(user, { id, changes, basedOn: 'any', actorId: newId() });
  });
  expect(await user.read(id)).toMatchObject({ managerId: manager.id });
});

it('people who are given up are locked in the order of ids, with their teams', async () => {
  const subordinate = await user.store();
  const leaver = await user.store({
    status: 'inactive',
    credentialsSetAt: null,
    inactiveSince: new Date(now.getTime() - GIVEN_UP_AFTER_MS),
  });
  const changes = { managerId: leaver.id };
  await updateUser(user, { id: subordinate.id, changes, basedOn: 'any', actorId: newId() });
  let givenUp: Promise<string[]> | undefined;
  await user.database.transaction(async (tx) => {
    await lockUser(tx, subordinate.id);
    givenUp = giveUpRegistrations(user);
    await eventually('it waits for the subordinate', () => isLockAwaited(user.database));
    await lockUser(tx, leaver.id);
  });
  expect(await givenUp).toEqual([leaver.id]);
});
