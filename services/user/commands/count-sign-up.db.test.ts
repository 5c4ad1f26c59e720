import { query } from '../../shared/db/data-source';
import { atOnce } from '../../shared/testing/at-once';
import { startUserDatabase, type UserDatabase } from '../testing/user-database';
import { countSignUp } from './count-sign-up';

let user: UserDatabase;
beforeAll(async () => {
  user = await startUserDatabase();
});
afterAll(() => user.stop());

const PER_HOUR = 3;
const count = (address: string) => () => countSignUp(user, address, PER_HOUR);
const AGE = `UPDATE sign_ups SET since = since - interval '1 hour' WHERE address = $1`;

it('counts those at once one by one, each address by itself, and anew after an hour', async () => {
  const attempts = Array.from({ length: PER_HOUR + 2 }, () => count('192.0.2.1'));
  const outcomes = await atOnce(user, 'sign_ups', attempts);
  expect(outcomes).toEqual({ done: PER_HOUR, 'too-many-sign-ups': 2 });
  await count('192.0.2.2')();
  await query(user.database, AGE, ['192.0.2.1']);
  await count('192.0.2.1')();
  expect(await atOnce(user, 'sign_ups', attempts)).toMatchObject({ done: PER_HOUR - 1 });
});

it('a refusal says when the hour is over', async () => {
  for (let times = 0; times < PER_HOUR; times += 1) await count('192.0.2.3')();
  const refused = await count('192.0.2.3')().catch((error: unknown) => error);
  expect(refused).toMatchObject({ status: 429, id: 'too-many-sign-ups' });
  const { retryAfterSeconds } = refused as { retryAfterSeconds: number };
  expect(retryAfterSeconds).toBeGreaterThan(3_500);
  expect(retryAfterSeconds).toBeLessThanOrEqual(3_600);
});
