import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { forgetOld } from './forget-old';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const PERSON = `
INSERT INTO users (id, nickname, nickname_key, email, role, status, locale, permissions, version,
  registered_at, inactive_since, account_asked_times, account_ask_due_at)
VALUES ($1, 'kesha', 'kesha', 'kesha@popug.example', 'employee', 'inactive', 'en', '{}', 1,
  now(), now(), 1, now())`;
const EMAILS = `
INSERT INTO former_emails (user_id, email, until)
SELECT $1, age || number || '@popug.example', now() - age::interval
FROM unnest($2::text[], $3::integer[]) AS old (age, count), generate_series(1, count) AS number`;
const CHANGES = `
INSERT INTO beak_shape_changes (id, user_id, actor_id, asked_at, state)
SELECT gen_random_uuid(), $1, $1, now() - age::interval, state
FROM unnest($2::text[], $3::text[]) AS change (age, state)`;

it('ends what nobody asks for any more, however much of it there is, and nothing else', async () => {
  const id = newId();
  await query(user.database, PERSON, [id]);
  await query(user.database, EMAILS, [id, ['31 days', '29 days'], [2_500, 2]]);
  const states = ['done', 'refused', 'unclear', 'asked'];
  const ages = (age: string): string[] => states.map(() => age);
  await query(user.database, CHANGES, [id, ages('31 days'), states]);
  await query(user.database, CHANGES, [id, ages('29 days'), states]);
  await forgetOld(user, new Date());
  const emails = 'SELECT email FROM former_emails ORDER BY email';
  expect(await query(user.database, emails)).toEqual([
    { email: '29 days1@popug.example' },
    { email: '29 days2@popug.example' },
  ]);
  const left =
    'SELECT state, count(*)::integer FROM beak_shape_changes GROUP BY state ORDER BY state';
  expect(await query(user.database, left)).toEqual([
    { state: 'asked', count: 2 },
    { state: 'done', count: 1 },
    { state: 'refused', count: 1 },
    { state: 'unclear', count: 1 },
  ]);
});
