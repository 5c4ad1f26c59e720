import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import type { Registration } from '../entities/user.entity';
import { registration, startUserDatabase, type UserDatabase } from '../testing/user-database';
import { registerUser } from './register-user';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

it('the same registration again has the same answer, whatever became of it since', async () => {
  const person = registration();
  const first = await registerUser(user, person);
  await user.activate(person.id);
  expect(await registerUser(user, person)).toEqual({ ...first, isSettled: true });
  expect(await user.eventsAbout(person.id)).toEqual(['UserCreated']);
});

describe('two registrations at once', () => {
  it('of one person are one', async () => {
    const person = registration();
    const attempt = () => registerUser(user, person);
    expect(await atOnce(user, 'users', [attempt, attempt])).toEqual({ done: 2 });
    expect(await user.eventsAbout(person.id)).toEqual(['UserCreated']);
  });

  it.each(['email', 'nickname'] as const)('with one %s: one is refused', async (name) => {
    const one = registration();
    const people = [one, registration({ [name]: one[name] })];
    const attempts = people.map((person) => () => registerUser(user, person));
    const outcomes = await atOnce(user, 'users', attempts);
    expect(outcomes).toEqual({ done: 1, [`${name}-taken`]: 1 });
  });
});

it.each([
  ['id', 'id-taken', ({ id }) => ({ id })],
  ['email', 'email-taken', ({ email }) => ({ email })],
  ['nickname', 'nickname-taken', ({ nickname }) => ({ nickname })],
  ['id by an administrator', 'id-taken', (taken) => ({ ...taken, registeredBy: newId() })],
] as [string, string, (taken: Registration) => Partial<Registration>][])(
  'the %s of somebody else is refused',
  async (_, refusal, same) => {
    const taken = registration();
    await registerUser(user, taken);
    const other = registration(same(taken));
    await expect(registerUser(user, other)).rejects.toMatchObject({ id: refusal });
  },
);

it('is undone as a whole when its event can’t be stored', () =>
  expectRolledBack(user, 'outbox', () => registerUser(user, registration())));
