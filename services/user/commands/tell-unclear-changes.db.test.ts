import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { tellUnclearChanges } from './tell-unclear-changes';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const ASK = `
INSERT INTO beak_shape_changes (id, user_id, actor_id, asked_at)
VALUES ($1, $2, $2, now() - $3::interval)`;

async function asked(age: string): Promise<string> {
  const { id } = await user.store();
  await query(user.database, ASK, [newId(), id, age]);
  return id;
}
const tell = () => tellUnclearChanges(user);
const letters = async (id: string) => (await user.lettersTo(id)).map(({ template }) => template);

it('tells of a change a minute after it was asked for, once for two processes', async () => {
  const [unclear, young] = [await asked('61 s'), await asked('50 s')];
  await atOnce(user, 'beak_shape_changes', [tell, tell]);
  await tell();
  expect(await letters(unclear)).toEqual(['beak-shape-changed']);
  expect(await letters(young)).toEqual([]);
});

it('tells nothing while the clocks disagree', async () => {
  const id = await asked('61 s');
  const off = { ...user, clock: () => new Date(Date.now() + 60_000) };
  await expect(tellUnclearChanges(off)).rejects.toMatchObject({ id: 'clock-off' });
  expect(await letters(id)).toEqual([]);
});

it('is undone as a whole when a letter can’t be stored', async () => {
  await asked('61 s');
  await expectRolledBack(user, 'due_letters', tell);
});
