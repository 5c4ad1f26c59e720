import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import type { User } from '../entities/user.entity';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { reactivateUser } from './reactivate-user';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const actorId = newId();
const waiting: Partial<User> = { status: 'inactive', awaitsApproval: true };

it.each([
  ['somebody deactivated', { status: 'deactivated' } as const, 'user.reactivated', 'UserUpdated'],
  ['somebody who waits for approval', waiting, 'user.approved', null],
])('%s is let in once, however often and at once', async (_, changes, action, event) => {
  const { id } = await user.store(changes);
  const attempt = () => reactivateUser(user, { id, actorId });
  expect(await atOnce(user, 'users', [attempt, attempt])).toEqual({ done: 2 });
  await attempt();
  expect(await user.read(id)).toMatchObject({ status: 'active', awaitsApproval: false });
  expect(await user.auditOf(id)).toEqual([action]);
  expect(await user.eventsAbout(id)).toEqual([...(event ? [event] : []), 'UserActivated']);
});

it('without credentials the person waits for them', async () => {
  const { id } = await user.store({ status: 'deactivated', credentialsSetAt: null });
  expect(await reactivateUser(user, { id, actorId })).toMatchObject({
    snapshot: { status: 'inactive' },
  });
  expect(await user.eventsAbout(id)).toEqual(['UserUpdated']);
});

describe('is refused', () => {
  const givenUp = { status: 'deactivated', credentialsSetAt: null, givenUpAt: new Date() } as const;

  it.each([
    ['email', 'email-taken'],
    ['nickname', 'nickname-taken'],
  ] as const)('when the %s that was given up is somebody else’s', async (name, refusal) => {
    const gone = await user.store(givenUp);
    const keys = name === 'nickname' ? ['nickname', 'nicknameKey', 'nicknameSkeletons'] : [name];
    const taken = Object.fromEntries(keys.map((key) => [key, gone[key as keyof User]]));
    await user.store(taken);
    const back = reactivateUser(user, { id: gone.id, actorId });
    await expect(back).rejects.toMatchObject({ id: refusal });
    expect(await user.eventsAbout(gone.id)).toEqual([]);
  });

  it('for nobody', async () => {
    const nobody = reactivateUser(user, { id: newId(), actorId });
    await expect(nobody).rejects.toMatchObject({ id: 'not-found' });
  });
});

it.each([{ status: 'deactivated' } as const, waiting])(
  'is undone as a whole when its event can’t be stored: %j',
  async (changes) => {
    const { id } = await user.store(changes);
    await expectRolledBack(user, 'outbox', () => reactivateUser(user, { id, actorId }));
  },
);
