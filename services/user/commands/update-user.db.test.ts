import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { updateUser, type UserChanges } from './update-user';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const actorId = newId();
const update = (id: string, changes: UserChanges) => () =>
  updateUser(user, { id, changes, basedOn: [1], actorId });

it('the same change again is refused by its version, and without one changes nothing', async () => {
  const { id, email } = await user.store();
  const changes = { email: `new-${email}`, locale: 'ru' } as const;
  const first = await update(id, changes)();
  await expect(update(id, changes)()).rejects.toMatchObject({ id: 'stale-version' });
  expect(await updateUser(user, { id, changes, basedOn: 'any', actorId })).toEqual(first);
  expect(await user.eventsAbout(id)).toEqual(['UserUpdated']);
  expect(await user.auditOf(id)).toEqual(['email.changed', 'locale.changed']);
  expect(await user.lettersTo(id)).toEqual([{ to: email, template: 'email-changed' }]);
});

it('a changed full name has a version and no event, on record when somebody else made it', async () => {
  const { id } = await user.store();
  const fullName = 'Innokenty Popugayev';
  expect(await update(id, { fullName })()).toMatchObject({ fullName, snapshot: { version: 2 } });
  const change = { id, changes: { fullName: null }, basedOn: 'any' } as const;
  expect(await updateUser(user, { ...change, actorId: id })).toMatchObject({ fullName: null });
  expect(await user.read(id)).toMatchObject({ fullName: null, version: 3 });
  expect(await user.eventsAbout(id)).toEqual([]);
  expect(await user.auditOf(id)).toEqual(['full-name.changed']);
});

describe('two changes at once', () => {
  it('of the same version: one is refused', async () => {
    const { id } = await user.store();
    const attempts = [update(id, { locale: 'ru' }), update(id, { role: 'manager' })];
    const outcomes = await atOnce(user, 'users', attempts);
    expect(outcomes).toEqual({ done: 1, 'stale-version': 1 });
    expect(await user.eventsAbout(id)).toEqual(['UserUpdated']);
  });

  it('that would put two people above each other: one is refused', async () => {
    const [one, other] = [await user.store(), await user.store()];
    const attempts = [
      update(one.id, { managerId: other.id }),
      update(other.id, { managerId: one.id }),
    ];
    const outcomes = await atOnce(user, 'users', attempts);
    expect(outcomes).toEqual({ done: 1, 'circle-of-managers': 1 });
  });

  it('that would leave no administrator: one is refused', async () => {
    const admins = [await user.store({ role: 'admin' }), await user.store({ role: 'admin' })];
    const attempts = admins.map(({ id }) => update(id, { role: 'employee' }));
    const outcomes = await atOnce(user, 'users', attempts);
    expect(outcomes).toEqual({ done: 1, 'last-administrator': 1 });
  });

  it('to one email: one is refused', async () => {
    const people = [await user.store(), await user.store()];
    const attempts = people.map(({ id }) => update(id, { email: 'one@popug.example' }));
    const outcomes = await atOnce(user, 'users', attempts);
    expect(outcomes).toEqual({ done: 1, 'email-taken': 1 });
  });
});

describe('is refused', () => {
  it('for nobody', async () => {
    await expect(update(newId(), {})()).rejects.toMatchObject({ id: 'not-found' });
  });

  it('with a nickname that is taken', async () => {
    const [taken, { id }] = [await user.store(), await user.store()];
    const change = update(id, { nickname: taken.nickname.toUpperCase() });
    await expect(change()).rejects.toMatchObject({ id: 'nickname-taken' });
    expect(await user.read(id)).toMatchObject({ version: 1 });
  });

  it('with a manager who is deactivated', async () => {
    const [gone, { id }] = [await user.store({ status: 'deactivated' }), await user.store()];
    const change = update(id, { managerId: gone.id });
    await expect(change()).rejects.toMatchObject({ id: 'bad-request' });
  });

  it.each([
    ['who is nobody', newId(), 'bad-request'],
    ['who is the person', null, 'circle-of-managers'],
  ])('with a manager %s', async (_, managerId, refusal) => {
    const { id } = await user.store();
    const change = update(id, { managerId: managerId ?? id });
    await expect(change()).rejects.toMatchObject({ id: refusal });
  });
});

it.each(['outbox', 'due_letters', 'audit_log'])(
  'is undone as a whole when its row in %s can’t be stored',
  async (table) => {
    const { id } = await user.store();
    const changes = { email: `${table}@popug.example`, role: 'manager' } as const;
    await expectRolledBack(user, table, update(id, changes));
  },
);
