import { query, type Tx } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import { eventually } from '../../shared/testing/eventually';
import { isLockAwaited } from '../../shared/testing/lock-wait';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import { createUserDatabase } from '../data-source';
import { skeletonsOf } from '../domain/name-skeleton';
import { refuseTwinName } from './refuse-twin-name';

let test: TestDatabase;
beforeAll(async () => {
  test = await createTestDatabase(createUserDatabase);
});
afterAll(() => test.drop());

const PERSON = `
INSERT INTO users (id, nickname, nickname_key, nickname_skeletons, email, role, status, locale,
  permissions, version, registered_at, inactive_since, account_asked_times, account_ask_due_at)
VALUES ($1, $2, $2, $3, $1::uuid || '@popug.example', 'employee', 'inactive', 'en', '{}', 1,
  now(), now(), 1, now())`;

async function register(tx: Tx, nickname: string): Promise<void> {
  const id = newId();
  await refuseTwinName(tx, { id, nickname });
  await query(tx, PERSON, [id, nickname, skeletonsOf(nickname)]);
}

it('of two names of one look at once, the second waits and finds the first', async () => {
  const [latin, cyrillic] = ['caaa', 'сааа'];
  let second: Promise<void> | undefined;
  let isRegistered = false;
  await test.database.transaction(async (tx) => {
    await register(tx, latin!);
    second = test.database.transaction((other) => register(other, cyrillic!));
    second.then(
      () => (isRegistered = true),
      () => undefined,
    );
    await eventually('the second waits, or did not', () => {
      return isRegistered || isLockAwaited(test.database);
    });
  });
  await expect(second).rejects.toMatchObject({ id: 'nickname-taken' });
});
