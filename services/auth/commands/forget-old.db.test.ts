import { query } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import { createAuthDatabase } from '../data-source';
import { contextOn } from '../testing/auth-context';
import { forgetOld } from './forget-old';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase(createAuthDatabase);
});
afterAll(() => test.drop());

const SESSION = `
INSERT INTO sessions (id, user_id, address, created_at, last_used_at, expires_at, ended_at, end_reason)
VALUES ($1, $1, '192.0.2.1', now() - interval '60 days', now(), now() + $2::interval,
  CASE WHEN $3 THEN now() END, CASE WHEN $3 THEN 'logged-out' END)`;
const TOKENS = `
INSERT INTO refresh_tokens (token_hash, session_id, issued_at, used_at)
SELECT sha256(convert_to($1::text || number, 'UTF8')), $1::uuid, now(), now() FROM generate_series(1, $2) AS number`;

async function session(life: string, isEnded: boolean, tokens: number): Promise<string> {
  const id = newId();
  await query(test.database, SESSION, [id, life, isEnded]);
  await query(test.database, TOKENS, [id, tokens]);
  return id;
}

const idsOf = async (table: string, column: string): Promise<string[]> => {
  const sql = `SELECT DISTINCT ${column} AS id FROM ${table}`;
  return (await query<{ id: string }>(test.database, sql)).map(({ id }) => id).sort();
};

it('ends what is over, however much of it there is, and nothing else', async () => {
  const alive = await session('1 day', false, 3);
  const ended = await session('1 day', true, 0);
  const expired = await session('-1 day', false, 3);
  for (let count = 0; count < 3; count += 1) await session('-31 days', false, 2_500);
  const DEVICE = `
    INSERT INTO devices (mark_hash, user_id, last_used_at, expires_at)
    VALUES (sha256($1::text::bytea), $1::uuid, now(), now() + $2::interval)`;
  await query(test.database, DEVICE, [alive, '1 day']);
  await query(test.database, DEVICE, [ended, '-1 s']);
  await forgetOld(contextOn(test.database), new Date());
  expect(await idsOf('refresh_tokens', 'session_id')).toEqual([alive, expired].sort());
  expect(await idsOf('sessions', 'id')).toEqual([alive, ended, expired].sort());
  expect(await idsOf('devices', 'user_id')).toEqual([alive]);
});

const keptKinds = async () => {
  const sql = `SELECT kind, count(*)::integer AS kept FROM login_attempts GROUP BY kind`;
  const rows = await query<{ kind: string; kept: number }>(test.database, sql);
  return Object.fromEntries(rows.map(({ kind, kept }) => [kind, kept]));
};

it('ends counters after a day, and the oldest of strangers beyond the limit', async () => {
  const { database } = test;
  await query(database, 'DELETE FROM login_attempts');
  await query(
    database,
    `INSERT INTO login_attempts (key, kind, wrong_count, blocked_until, last_at)
     SELECT sha256(convert_to(kind || number, 'UTF8')), kind, 1, now(), now() - number * interval '1 s'
     FROM unnest(ARRAY['user', 'login', 'address', 'device']) AS kind,
       generate_series(0, 2999) AS number`,
  );
  await query(
    database,
    `INSERT INTO login_attempts (key, kind, wrong_count, blocked_until, last_at)
     SELECT sha256(convert_to('old' || number, 'UTF8')), 'user', 9, now(), now() - interval '25 h'
     FROM generate_series(1, 2500) AS number`,
  );
  await forgetOld(contextOn(database), new Date(), 4_000);
  expect(await keptKinds()).toEqual({ user: 3_000, device: 3_000, login: 2_000, address: 2_000 });
});
