import { newId } from '../../shared/kernel/ids';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import type { AuthContext } from '../context';
import { counterOf, type Attempt } from '../crypto/attempt-counter';
import { AT_ONCE } from '../crypto/beak-shape-hasher';
import { createAuthDatabase } from '../data-source';
import { FREE_ATTEMPTS } from '../domain/throttle';
import { contextOn } from '../testing/auth-context';
import { isRightShape } from './check-beak-shape';

const REPLICAS = 2;

let test: TestDatabase;
let replicas: AuthContext[];
beforeAll(async () => {
  test = await createTestDatabase(createAuthDatabase);
  const other = await createAuthDatabase(test.url).initialize();
  replicas = [test.database, other].map((database) => contextOn(database));
});
afterAll(async () => {
  await replicas[1]!.database.destroy();
  await test.drop();
});

/** Returns how many of these wrong attempts, spread over the replicas, were compared. */
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
