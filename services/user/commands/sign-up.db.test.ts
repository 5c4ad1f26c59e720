import { atOnce } from '../../shared/testing/at-once';
import { registration, startUserDatabase, type UserDatabase } from '../testing/user-database';
import { signUp } from './sign-up';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const asksOfAuth = () => user.neighbours.calls.filter(({ path }) => path.includes('credentials'));

it('interrupted by Auth’s absence it goes on with a repeat, and then repeats nothing', async () => {
  const person = registration();
  const attempt = () => signUp(user, person, 'curved-beak');
  user.auth.isAway = true;
  await expect(attempt()).rejects.toMatchObject({ status: 503 });
  expect(await user.read(person.id)).toMatchObject({ credentialsSetAt: null });
  user.auth.isAway = false;
  const registered = await attempt();
  const asked = asksOfAuth().length;
  expect(await signUp(user, person, 'another shape')).toEqual(registered);
  expect(asksOfAuth()).toHaveLength(asked);
  expect(user.auth.shapes.get(person.id)).toBe('curved-beak');
  expect(await user.eventsAbout(person.id)).toEqual(['UserCreated']);
});

it('two at once register and set one shape', async () => {
  const person = registration();
  const attempt = () => signUp(user, person, 'curved-beak');
  expect(await atOnce(user, 'users', [attempt, attempt])).toEqual({ done: 2 });
  expect(await user.eventsAbout(person.id)).toEqual(['UserCreated']);
});

it('without a beak shape Auth is not asked', async () => {
  const before = asksOfAuth().length;
  await signUp(user, registration(), null);
  expect(asksOfAuth()).toHaveLength(before);
});

it('the id of somebody with another shape is refused', async () => {
  const person = registration();
  user.auth.shapes.set(person.id, 'straight-beak');
  await expect(signUp(user, person, 'curved-beak')).rejects.toMatchObject({ id: 'id-taken' });
});
