import { agreedClock } from '../../shared/db/database-clock';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import { createAuthDatabase } from '../data-source';
import { KEY_LIFE_MS, PUBLISHED_AFTER_MS, PUBLISHED_BEFORE_MS } from '../domain/key-rotation';
import { forgetOldJob } from '../jobs/forget-old.job';
import { rotateSigningKeysJob } from '../jobs/rotate-signing-keys.job';
import { currentKey, publishedKeys } from '../queries/signing-keys';
import { contextOn } from '../testing/auth-context';
import { rotateSigningKeys } from './rotate-signing-keys';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase(createAuthDatabase);
});
afterAll(() => test.drop());

const HOUR_MS = 3_600_000;
const start = new Date('2026-03-02T09:00:00.000Z');
const after = (ms: number): Date => new Date(start.getTime() + ms);
const signerAt = async (at: Date) => (await currentKey(test.database, at))!.kid;
const published = async () => (await publishedKeys(test.database)).map(({ kid }) => kid);

it.each([HOUR_MS, -HOUR_MS])('a process %d ms off: makes and forgets nothing', async (offMs) => {
  const context = { ...contextOn(test.database, start), clock: () => after(offMs) };
  const clock = agreedClock(test.database, context);
  for (const job of [rotateSigningKeysJob, forgetOldJob]) {
    await expect(job(context, clock).run()).rejects.toMatchObject({ id: 'clock-off' });
  }
  expect(await published()).toEqual([]);
});

describe('rotateSigningKeys', () => {
  it('publishes the next key before it signs, and the old one until its tokens are over', async () => {
    await Promise.all([1, 2, 3].map(() => rotateSigningKeys(contextOn(test.database), start)));
    const first = await signerAt(start);
    expect(await published()).toEqual([first]);

    const announced = after(KEY_LIFE_MS - PUBLISHED_BEFORE_MS);
    await rotateSigningKeys(contextOn(test.database), after(KEY_LIFE_MS - PUBLISHED_BEFORE_MS - 1));
    expect(await published()).toEqual([first]);
    await Promise.all([1, 2, 3].map(() => rotateSigningKeys(contextOn(test.database), announced)));
    const [second] = await published();
    expect(await published()).toEqual([second, first]);
    expect(await signerAt(announced)).toBe(first);

    const takenOver = after(KEY_LIFE_MS);
    expect(await signerAt(takenOver)).toBe(second);
    await rotateSigningKeys(contextOn(test.database), after(KEY_LIFE_MS + PUBLISHED_AFTER_MS));
    expect(await published()).toEqual([second, first]);
    await rotateSigningKeys(contextOn(test.database), after(KEY_LIFE_MS + PUBLISHED_AFTER_MS + 1));
    expect(await published()).toEqual([second]);
  });
});
