import { ConfigurationError, addressesToWaitFor } from './env';

it('waits for each variable named WAIT_FOR_…, a url or host:port, and for nothing else', () => {
  const found = addressesToWaitFor({
    WAIT_FOR_DATABASE: 'postgres://board_app:secret@postgres/board',
    WAIT_FOR_REDIS: 'redis:6379',
    DATABASE_URL: 'postgres://elsewhere/board',
  });
  expect(found.map(({ name, url }) => [name, url.protocol, url.hostname, url.port])).toEqual([
    ['DATABASE', 'postgres:', 'postgres', ''],
    ['REDIS', 'tcp:', 'redis', '6379'],
  ]);
});

it.each(['redis', ':6379', '', 'redis:port'])(
  'refuses %j, which says no host and port',
  (value) => {
    expect(() => addressesToWaitFor({ WAIT_FOR_REDIS: value })).toThrow(ConfigurationError);
  },
);
