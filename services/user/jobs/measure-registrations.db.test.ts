import { Registry } from 'prom-client';
import { query } from '../../shared/db/data-source';
import { createTestDatabase, type TestDatabase } from '../../shared/testing/test-database';
import { createUserDatabase } from '../data-source';
import { measureRegistrationsJob } from './measure-registrations.job';

let test: TestDatabase;

beforeAll(async () => {
  test = await createTestDatabase(createUserDatabase);
});
afterAll(() => test.drop());

interface Person {
  nickname: string;
  status: 'inactive' | 'deactivated';
  age: string;
  hasCredentials?: boolean;
  hasAccount?: boolean;
  isGivenUp?: boolean;
}

async function person({ nickname, status, age, hasCredentials, hasAccount, isGivenUp }: Person) {
  await query(
    test.database,
    `INSERT INTO users (id, nickname, nickname_key, email, role, status, locale, permissions, version,
       registered_at, inactive_since, credentials_set_at, account_opened_at, account_asked_times,
       account_ask_due_at, given_up_at)
     SELECT gen_random_uuid(), $1, $1, $1 || '@popug.example', 'employee', $2, 'en', '{}', 1, since,
       since, CASE WHEN $4 THEN since END, CASE WHEN $5 THEN since END, 1, since,
       CASE WHEN $6 THEN since + interval '24 hours' END
     FROM (SELECT now() - $3::interval AS since) AS moment`,
    [nickname, status, age, hasCredentials ?? false, hasAccount ?? false, isGivenUp ?? false],
  );
}

it('registrations: those given up within a day, and the age of the oldest without account', async () => {
  const registry = new Registry();
  const job = measureRegistrationsJob(test.database, registry);
  await job.run();
  expect(await registry.metrics()).toMatch(/^registrations_given_up 0$/m);
  expect(await registry.metrics()).toMatch(/^registrations_without_account_oldest_seconds 0$/m);
  await person({ nickname: 'gone', status: 'deactivated', age: '25 hours', isGivenUp: true });
  await person({ nickname: 'long-gone', status: 'deactivated', age: '3 days', isGivenUp: true });
  await person({ nickname: 'sent-away', status: 'deactivated', age: '1 minute' });
  await person({ nickname: 'opened', status: 'inactive', age: '2 hours', hasAccount: true });
  await person({ nickname: 'waits', status: 'inactive', age: '1 hour' });
  await person({ nickname: 'new', status: 'inactive', age: '1 minute' });
  await job.run();
  expect(await registry.metrics()).toMatch(/^registrations_given_up 1$/m);
  expect(await registry.metrics()).toMatch(
    /^registrations_without_account_oldest_seconds 36\d\d(\.\d+)?$/m,
  );
});
