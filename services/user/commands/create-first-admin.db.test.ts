import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { User } from '../entities/user.entity';
import { registration, startUserDatabase, type UserDatabase } from '../testing/user-database';
import { createFirstAdmin } from './create-first-admin';
import { registerUser } from './register-user';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

it('registers an administrator once, and none beside an active one', async () => {
  const person = registration();
  const attempt = () => createFirstAdmin(user, person, 'curved-beak');
  await expectRolledBack(user, 'outbox', attempt);
  expect(await atOnce(user, 'users', [attempt, attempt])).toEqual({ done: 2 });
  expect(await user.read(person.id)).toMatchObject({ role: 'admin', status: 'inactive' });
  expect(await user.eventsAbout(person.id)).toEqual(['UserCreated']);
  await user.activate(person.id);
  for (const each of [person, registration()]) {
    const late = createFirstAdmin(user, each, 'curved-beak');
    await expect(late).rejects.toMatchObject({ id: 'administrator-exists' });
  }
  await user.database.manager.update(User, { id: person.id }, { status: 'deactivated' });
});

it.each([
  ['id', 'id-taken'],
  ['email', 'email-taken'],
] as const)('the %s of an employee is refused', async (name, refusal) => {
  const employee = registration();
  await registerUser(user, employee);
  const same = name === 'id' ? employee : registration({ email: employee.email });
  const admin = createFirstAdmin(user, same, 'curved-beak');
  await expect(admin).rejects.toMatchObject({ id: refusal });
  expect(user.auth.shapes.has(same.id)).toBe(false);
});
