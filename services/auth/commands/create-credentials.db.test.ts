import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { BEAK_SHAPE, startAuthDatabase, type AuthDatabase } from '../testing/auth-database';
import { createCredentials } from './create-credentials';

let auth: AuthDatabase;
beforeAll(async () => {
  auth = await startAuthDatabase();
});
afterAll(() => auth.stop());

it('keeps the first shape, tells a repeat from another shape, and counts wrong ones', async () => {
  const id = newId();
  const create = (shape: string) => createCredentials(auth, id, shape);
  expect(await create(BEAK_SHAPE)).toEqual({ created: true, matches: true });
  expect(await create(BEAK_SHAPE)).toEqual({ created: false, matches: true });
  for (let wrong = 0; wrong < 5; wrong += 1) {
    expect(await create('straight')).toEqual({ created: false, matches: false });
  }
  await expect(create('straight')).rejects.toMatchObject({ id: 'too-many-attempts' });
});

it('of two shapes at once one is kept, and only that one matches', async () => {
  const id = newId();
  const answers: { created: boolean; matches: boolean }[] = [];
  const attempts = [BEAK_SHAPE, 'straight'].map((shape) => async () => {
    answers.push(await createCredentials(auth, id, shape));
  });
  expect(await atOnce(auth, 'credentials', attempts)).toEqual({ done: 2 });
  expect(answers.filter(({ created }) => created)).toHaveLength(1);
  expect(answers.filter(({ matches }) => matches)).toHaveLength(1);
});
