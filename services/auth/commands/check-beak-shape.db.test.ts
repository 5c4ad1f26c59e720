import { query } from '../../shared/db/data-source';
import { systemClock } from '../../shared/kernel/clock';
import { newId } from '../../shared/kernel/ids';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import type { AuthContext } from '../context';
import { createAuthDatabase } from '../data-source';
import { FREE_ATTEMPTS } from '../domain/throttle';
import { AT_ONCE, BeakShapeHasher } from '../steps/hash-beak-shape';
import { counterOf, forgetOldAttempts, type Attempt } from '../steps/throttle-attempts';
import { isRightShape } from './check-beak-shape';

const REPLICAS = 2;

let test: TestDatabase;
let replicas: Pick<AuthContext, 'database' | 'hasher' | 'clock'>[];
beforeAll(async () => {
  test = await createTestDatabase(createAuthDatabase);
  const other = await createAuthDatabase(test.url).initialize();
  replicas = [test.database, other].map((database) => ({
    database,
    hasher: new BeakShapeHasher(),
    clock: systemClock,
  }));
});
afterAll(async () => {
  await replicas[1]!.database.destroy();
  await test.drop();
});

/** How many of these wrong attempts, spread over the replicas, were looked at. */
async function lookedAt(attempts: readonly Attempt[]): Promise<number> {
  const outcomes = await Promise.allSettled(
    attempts.map((attempt, index) =>
      isRightShape(replicas[index % REPLICAS]!, attempt, null, 'whatever-beak'),
    ),
  );
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') expect(outcome.value).toBe(false);
    else expect(outcome.reason).toMatchObject({ status: 429, id: 'too-many-attempts' });
  }
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
}

const nextUser = () => counterOf('user', newId());

describe('a hundred wrong attempts at once on two replicas', () => {
  it('are looked at five times when they are for one person', async () => {
    const who = nextUser();
    const attempts = Array.from({ length: 100 }, (_, index) => ({
      who,
      address: counterOf('address', `person ${index}`),
    }));
    expect(await lookedAt(attempts)).toBe(FREE_ATTEMPTS);
  });

  it('are looked at a few times more when they are from one address only', async () => {
    const address = counterOf('address', '192.0.2.1');
    const attempts = Array.from({ length: 100 }, () => ({ who: nextUser(), address }));
    const count = await lookedAt(attempts);
    expect(count).toBeGreaterThanOrEqual(FREE_ATTEMPTS);
    expect(count).toBeLessThanOrEqual(FREE_ATTEMPTS + REPLICAS * AT_ONCE - 1);
  });
});

describe('forgetOldAttempts', () => {
  const keptKinds = async () => {
    const sql = `SELECT kind, count(*)::integer AS kept FROM login_attempts GROUP BY kind`;
    const rows = await query<{ kind: string; kept: number }>(test.database, sql);
    return Object.fromEntries(rows.map(({ kind, kept }) => [kind, kept]));
  };

  it('ends rows after a day, and the oldest of strangers beyond the limit', async () => {
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
    await forgetOldAttempts(database, new Date(), 4_000);
    expect(await keptKinds()).toEqual({ user: 3_000, device: 3_000, login: 2_000, address: 2_000 });
  });
});
