import fc from 'fast-check';
import { permission, type Permission } from '../shared/contracts/fields';
import { query } from '../shared/db/data-source';
import { Problem } from '../shared/kernel/errors';
import { newId } from '../shared/kernel/ids';
import { addGroupMember } from './commands/add-group-member';
import { deactivateUser } from './commands/deactivate-user';
import { deleteGroup } from './commands/delete-group';
import { grantPermissions } from './commands/grant-permissions';
import { reactivateUser } from './commands/reactivate-user';
import { removeGroupMember } from './commands/remove-group-member';
import { setGroupPermissions } from './commands/set-group-permissions';
import { updateUser } from './commands/update-user';
import { snapshotOf } from './entities/user.entity';
import { noteAccountsOpened } from './steps/note-accounts-opened';
import { storeGroup } from './testing/groups';
import { startUserDatabase, type UserDatabase } from './testing/user-database';

const PEOPLE = 5;
const GROUPS = 3;

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

/** People and groups of one run. */
interface Cast {
  people: string[];
  groups: string[];
}
type Deed = (cast: Cast) => Promise<unknown>;

const actorId = newId();
const basedOn = 'any';
const person = fc.nat(PEOPLE - 1);
const group = fc.nat(GROUPS - 1);
const rights = fc.subarray<Permission>([...permission.options]);

/** Makes deeds that fast-check prints by their name and input. */
const deedOf = <Input>(
  name: string,
  arbitrary: fc.Arbitrary<Input>,
  act: (input: Input, cast: Cast) => Promise<unknown>,
): fc.Arbitrary<Deed> =>
  arbitrary.map((input) => {
    const print = (): string => `${name} ${JSON.stringify(input)}`;
    return Object.assign((cast: Cast) => act(input, cast), { [fc.toStringMethod]: print });
  });
const membership = (change: typeof addGroupMember | typeof removeGroupMember) =>
  deedOf(change.name, fc.tuple(group, person), ([of, who], { groups, people }) =>
    change(user, { id: groups[of]!, userId: people[who]!, basedOn, actorId }),
  );

const deed = fc.oneof(
  { weight: 3, arbitrary: membership(addGroupMember) },
  membership(removeGroupMember),
  {
    weight: 3,
    arbitrary: deedOf('set', fc.tuple(group, rights), ([of, permissions], { groups }) =>
      setGroupPermissions(user, { id: groups[of]!, permissions, basedOn, actorId }),
    ),
  },
  deedOf('delete', fc.constant(0), (of, { groups }) =>
    deleteGroup(user, { id: groups[of]!, basedOn, actorId }),
  ),
  deedOf('grant', fc.tuple(person, rights), ([who, permissions], { people }) =>
    grantPermissions(user, { id: people[who]!, permissions, actorId }),
  ),
  deedOf(
    'role',
    fc.tuple(person, fc.constantFrom('employee', 'manager')),
    ([who, role], { people }) =>
      updateUser(user, { id: people[who]!, changes: { role }, basedOn, actorId }),
  ),
  deedOf('manager', fc.tuple(person, person), ([who, above], { people }) => {
    const changes = { managerId: people[above]! };
    return updateUser(user, { id: people[who]!, changes, basedOn, actorId });
  }),
  deedOf('deactivate', person, (who, { people }) =>
    deactivateUser(user, { id: people[who]!, actorId }),
  ),
  deedOf('activate', person, (who, { people }) =>
    reactivateUser(user, { id: people[who]!, actorId }),
  ),
  deedOf('accounts', fc.shuffledSubarray([0, 1, 2, 3, 4]), (who, { people }) => {
    const ids = who.map((each) => people[each]!);
    return user.database.transaction((tx) => noteAccountsOpened(tx, ids, new Date()));
  }),
);

const DERIVED = `
SELECT users.id,
  ARRAY(SELECT DISTINCT given FROM group_members JOIN groups ON groups.id = group_id
    CROSS JOIN unnest(groups.permissions) AS given WHERE user_id = users.id
    ORDER BY given) AS permissions
FROM users WHERE id = ANY ($1)`;
const TOLD = `
SELECT data FROM outbox WHERE subject = $1 ORDER BY (data ->> 'version')::integer`;
const LOST = `
SELECT users.id FROM users JOIN users AS manager ON manager.id = users.manager_id
WHERE users.id = ANY ($1) AND manager.status = 'deactivated'`;

async function expectTruth({ people }: Cast): Promise<void> {
  type Row = { id: string; permissions: string[] };
  for (const { id, permissions } of await query<Row>(user.database, DERIVED, [people])) {
    const now = await user.read(id);
    expect(now.groupPermissions).toEqual(permissions);
    type Told = { data: { version: number } };
    const told = (await query<Told>(user.database, TOLD, [id])).map(({ data }) => data);
    expect(told.map(({ version }) => version)).toEqual(told.map((_, place) => place + 2));
    if (told.length > 0) expect(told.at(-1)).toEqual(snapshotOf(now));
  }
  expect(await query(user.database, LOST, [people])).toEqual([]);
}

it('changes of rights, all at once: nothing is lost, and the last event is the truth', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(deed, { minLength: 6, maxLength: 20 }), async (deeds) => {
      const people = await Promise.all(Array.from({ length: PEOPLE }, () => user.store()));
      const groups = await Promise.all(Array.from({ length: GROUPS }, () => storeGroup(user)));
      const cast = { people: people.map(({ id }) => id), groups: groups.map(({ id }) => id) };
      const outcomes = await Promise.allSettled(deeds.map((act) => act(cast)));
      for (const outcome of outcomes) {
        // Refusals are fine; a deadlock or a violated constraint is not.
        if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(Problem);
      }
      await expectTruth(cast);
    }),
    { numRuns: 40 },
  );
});
