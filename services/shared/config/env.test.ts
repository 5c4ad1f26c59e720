import { ConfigurationError, addressesToWaitFor, businessDayEnv, readEnv } from './env';

describe('BUSINESS_TIME_ZONE', () => {
  const read = (zone: string): string =>
    readEnv(businessDayEnv, { BUSINESS_TIME_ZONE: zone }).BUSINESS_TIME_ZONE;

  it.each([
    'Asia/Kolkata',
    'Asia/Calcutta',
    'Europe/Kyiv',
    'Europe/Kiev',
    'Etc/UTC',
    'UTC',
    'America/Argentina/Buenos_Aires',
    'America/Buenos_Aires',
    ...Intl.supportedValuesOf('timeZone'),
  ])('%s: taken', (zone) => {
    expect(read(zone)).toBe(zone);
  });

  it.each(['', 'Mars/Olympus', '+03:00', '-05:00', 'Europe/Moscow ', 'Europe/'])(
    '%j: named as the one that is wrong',
    (zone) => {
      expect(() => read(zone)).toThrow(
        `BUSINESS_TIME_ZONE: no time zone is called ${JSON.stringify(zone)} here`,
      );
    },
  );
});

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
