import { query } from '../../shared/db/data-source';
import { atOnce } from '../../shared/testing/at-once';
import { skeletonsOf } from '../domain/name-skeleton';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { fillNameSkeletons } from './fill-name-skeletons';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const PEOPLE = `
INSERT INTO users (id, nickname, nickname_key, email, role, status, locale, permissions, version,
  registered_at, inactive_since, account_asked_times, account_ask_due_at)
SELECT gen_random_uuid(), name, name, name || '@popug.example', 'employee', 'inactive', 'en', '{}', 1,
  now(), now(), 1, now()
FROM generate_series(1, $1) AS number, concat('kesha-', number) AS name`;

it('fills names of an older version, batch after batch, once for two processes', async () => {
  await query(user.database, PEOPLE, [501]);
  const fill = () => fillNameSkeletons(user);
  expect(await atOnce(user, 'users', [fill, fill])).toEqual({ done: 2 });
  expect(await fill()).toBe(0);
  const sql = 'SELECT nickname, nickname_skeletons AS skeletons FROM users';
  const people = await query<{ nickname: string; skeletons: string[] }>(user.database, sql);
  expect(people).toHaveLength(501);
  for (const { nickname, skeletons } of people) expect(skeletons).toEqual(skeletonsOf(nickname));
});
