import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { expectRolledBack } from '../../shared/testing/rollback';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { changeBeakShape } from './change-beak-shape';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const change =
  (id: string, current: string | null, actorId = id) =>
  () =>
    changeBeakShape(user, { id, actorId, beakShape: 'new-beak-shape', current });

const statesOf = async (id: string): Promise<string[]> => {
  const sql = 'SELECT state FROM beak_shape_changes WHERE user_id = $1 ORDER BY asked_at';
  return (await query<{ state: string }>(user.database, sql, [id])).map(({ state }) => state);
};

async function withShape(shape: string): Promise<{ id: string; email: string }> {
  const person = await user.store();
  user.auth.shapes.set(person.id, shape);
  return person;
}

it('each change is told of once; of two at once with the old shape one is refused', async () => {
  const { id, email } = await withShape('old-beak-shape');
  const attempts = [change(id, 'old-beak-shape'), change(id, 'old-beak-shape')];
  const outcomes = await atOnce(user, 'beak_shape_changes', attempts);
  expect(outcomes).toEqual({ done: 1, 'wrong-beak-shape': 1 });
  expect((await statesOf(id)).sort()).toEqual(['done', 'refused']);
  expect(await user.lettersTo(id)).toEqual([{ to: email, template: 'beak-shape-changed' }]);
});

it('a reset of an administrator’s is audited, and told to the other administrators', async () => {
  const [victim, actor, other] = [
    await user.store({ role: 'admin' }),
    await user.store({ role: 'admin' }),
    await user.store({ role: 'admin' }),
  ];
  await change(victim.id, null, actor.id)();
  expect(await user.auditOf(victim.id)).toEqual(['beak-shape.reset']);
  expect(await user.lettersTo(other.id)).toMatchObject([{ template: 'beak-shape-reset' }]);
  expect(await user.lettersTo(actor.id)).toEqual([]);
});

it.each([
  ['not-found', 'nobody', () => Promise.resolve(newId())],
  [
    'deactivated',
    'somebody deactivated',
    async () => (await user.store({ status: 'deactivated' })).id,
  ],
])('%s for %s: Auth is not asked', async (refusal, _, person) => {
  const id = await person();
  await expect(change(id, 'old-beak-shape')()).rejects.toMatchObject({ id: refusal });
  expect(await statesOf(id)).toEqual([]);
  expect(user.auth.shapes.has(id)).toBe(false);
});

it('of which no answer came stays asked', async () => {
  const { id } = await withShape('old-beak-shape');
  user.auth.isAway = true;
  await expect(change(id, 'old-beak-shape')()).rejects.toMatchObject({ status: 503 });
  user.auth.isAway = false;
  expect(await statesOf(id)).toEqual(['asked']);
  expect(await user.lettersTo(id)).toEqual([]);
});

it('asks Auth nothing that it has not noted before', async () => {
  const { id } = await withShape('old-beak-shape');
  await expectRolledBack(user, 'beak_shape_changes', change(id, 'old-beak-shape'));
  expect(user.auth.shapes.get(id)).toBe('old-beak-shape');
});
