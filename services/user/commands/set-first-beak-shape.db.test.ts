import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { setFirstBeakShape } from './set-first-beak-shape';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const inactive = { status: 'inactive', credentialsSetAt: null } as const;
const set =
  (id: string, shape = 'curved-beak') =>
  () =>
    setFirstBeakShape(user, id, shape);

it.each([
  ['activates whose account is open', { ...inactive }, ['UserActivated']],
  ['waits for an account', { ...inactive, accountOpenedAt: null }, []],
])('%s, once for two at once', async (_, changes, events) => {
  const { id } = await user.store(changes);
  expect(await atOnce(user, 'users', [set(id), set(id)])).toEqual({ done: 2 });
  await set(id)();
  expect(await user.eventsAbout(id)).toEqual(events);
  expect((await user.read(id)).credentialsSetAt).not.toBeNull();
});

it('another shape than the first one is refused, and nothing is noted', async () => {
  const { id } = await user.store(inactive);
  user.auth.shapes.set(id, 'straight-beak');
  await expect(set(id)()).rejects.toMatchObject({ id: 'id-taken' });
  expect(await user.read(id)).toMatchObject(inactive);
});

it('does not activate a registration that was given up meanwhile', async () => {
  const { id } = await user.store({ ...inactive, status: 'deactivated' });
  await set(id)();
  expect(await user.read(id)).toMatchObject({ status: 'deactivated', credentialsSetAt: null });
});

it('goes on with a repeat where it stopped', async () => {
  const { id } = await user.store(inactive);
  user.auth.isAway = true;
  await expect(set(id)()).rejects.toMatchObject({ status: 503 });
  user.auth.isAway = false;
  await expectRolledBack(user, 'outbox', set(id));
  expect(user.auth.shapes.get(id)).toBe('curved-beak');
  await set(id)();
  expect(await user.read(id)).toMatchObject({ status: 'active' });
});
