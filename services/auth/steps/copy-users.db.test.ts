import fc from 'fast-check';
import type { UserSnapshot } from '../../shared/contracts/events/users';
import { query } from '../../shared/db/data-source';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import { createAuthDatabase } from '../data-source';
import { UserCopy, viewOf } from '../entities/user-copy.entity';
import { findByLogin } from '../queries/users';
import { snapshot } from '../testing/auth-service';
import { copyUsers } from './copy-users';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase(createAuthDatabase);
});
afterAll(() => test.drop());

const now = new Date('2026-03-02T09:00:00.000Z');
const later = new Date('2026-03-02T09:00:01.000Z');
const copy = (batch: readonly UserSnapshot[], at: Date = now): Promise<void> =>
  test.database.transaction((tx) =>
    copyUsers(
      tx,
      batch.map((each) => ({ snapshot: each, at })),
      at,
    ),
  );

/** Returns snapshots of a user with consecutive versions, each different. */
function lifeOf(user: UserSnapshot, versions: number): UserSnapshot[] {
  const statuses = ['inactive', 'active', 'deactivated'] as const;
  return Array.from({ length: versions }, (_, index) => ({
    ...user,
    version: index + 1,
    nickname: `${user.nickname}-${index}`,
    status: statuses[index % statuses.length]!,
    permissions: index % 2 === 0 ? [] : ['analytics.view'],
  }));
}

const hinted = async (): Promise<string[]> => {
  const sql = `SELECT jsonb_path_query(data, '$.hints[*].people[*].userId')#>>'{}' AS "userId"
    FROM outbox WHERE topic = 'hints' ORDER BY id`;
  const rows = await query<{ userId: string }>(test.database, sql);
  return rows.map(({ userId }) => userId);
};

describe('copyUsers', () => {
  it('hints at sessions whose rights changed, once, and at no others', async () => {
    const [promoted, renamed] = [snapshot(), snapshot()];
    await copy([promoted, renamed]);
    const before = (await hinted()).length;
    const changed = {
      ...promoted,
      version: promoted.version + 1,
      permissions: ['analytics.view' as const],
    };
    await copy([
      changed,
      { ...renamed, version: renamed.version + 1, nickname: `${renamed.nickname}-2` },
    ]);
    await copy([changed]);
    expect((await hinted()).slice(before)).toEqual([promoted.userId]);
  });

  it('ends at the newest snapshots, in any order, repetition and batches', async () => {
    const versions = 5;
    const deliveries = fc.shuffledSubarray(
      Array.from({ length: 4 * versions }, (_, index) => index % (2 * versions)),
      { minLength: 4 * versions },
    );
    await fc.assert(
      fc.asyncProperty(deliveries, fc.integer({ min: 1, max: 7 }), async (order, size) => {
        const lives = [lifeOf(snapshot(), versions), lifeOf(snapshot(), versions)].flat();
        const events = order.map((index) => lives[index]!);
        for (let at = 0; at < events.length; at += size) await copy(events.slice(at, at + size));
        for (const newest of [lives[versions - 1]!, lives[2 * versions - 1]!]) {
          const { userId, ...rest } = newest;
          const kept = await test.database.manager.findOneByOrFail(UserCopy, { id: userId });
          expect(viewOf(kept)).toEqual({ id: userId, ...rest });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('ends at the newest snapshots when batches come at once', async () => {
    const users = Array.from({ length: 5 }, () => snapshot());
    const lives = users.map((user) => lifeOf(user, 6));
    const batches = Array.from({ length: 6 }, (_, version) => lives.map((life) => life[version]!));
    await Promise.all(batches.map((batch, index) => copy(index % 2 ? batch : batch.reverse())));
    for (const { userId } of users) {
      const kept = await test.database.manager.findOneByOrFail(UserCopy, { id: userId });
      expect(kept.version).toBe(6);
    }
  });
});

describe('findByLogin', () => {
  it('finds who has a name now, when its giver’s news are late', async () => {
    const giver = snapshot({ nickname: 'the-name' });
    const taker = snapshot({ nickname: 'the-name' });
    await copy([giver]);
    await copy([taker], later);
    expect((await findByLogin(test.database, 'The-Name'))?.id).toBe(taker.userId);
    await copy([{ ...giver, version: 3, nickname: 'another-name' }], later);
    expect((await findByLogin(test.database, 'the-name'))?.id).toBe(taker.userId);
  });

  it('prefers who is not deactivated: names of abandoned registrations are free', async () => {
    const heir = snapshot({ email: 'free@popug.example' });
    await copy([heir]);
    await copy([snapshot({ email: heir.email, status: 'deactivated' })], later);
    expect((await findByLogin(test.database, heir.email))?.id).toBe(heir.userId);
  });
});
