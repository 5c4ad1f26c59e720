import { daprSecrets } from './dapr-secrets';

it('takes a url apart, decodes it, and knows the default port and database', () => {
  const { redis } = daprSecrets('redis://localhost', 'postgres://x');
  expect(redis).toEqual({
    host: 'localhost:6379',
    username: '',
    password: '',
    database: '0',
    tls: 'false',
  });
});

it('keeps user, password, database and encryption', () => {
  const { redis, statestore } = daprSecrets('rediss://me:a%2Fb@cache:7000/3', 'postgres://y');
  expect(redis).toEqual({
    host: 'cache:7000',
    username: 'me',
    password: 'a/b',
    database: '3',
    tls: 'true',
  });
  expect(statestore.connectionString).toBe('postgres://y');
});
