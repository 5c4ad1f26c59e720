import type { Operation } from './open-api';
import { OperationTable } from './operation-table';

const operation = (method: Operation['method'], path: string): Operation => ({
  method,
  path,
  service: 'board',
  isOpen: false,
  isFresh: false,
  isLogin: false,
  bodyType: 'application/json',
  bodyLimitBytes: 65_536,
});

const table = new OperationTable([
  operation('GET', '/accounts/me'),
  operation('GET', '/accounts/{userId}'),
  operation('PATCH', '/accounts/{userId}'),
  operation('GET', '/accounts/{userId}/entries'),
  operation('GET', '/accounts/me/payouts'),
]);

const found = (method: string, path: string): string | undefined =>
  table.find(method, path)?.operation?.path;

describe('OperationTable', () => {
  it('prefers exact segments to parameters', () => {
    expect(found('GET', '/accounts/me')).toBe('/accounts/me');
    expect(found('GET', '/accounts/you')).toBe('/accounts/{userId}');
  });

  it('falls back to a parameter where the exact segment leads nowhere', () => {
    expect(found('GET', '/accounts/me/entries')).toBe('/accounts/{userId}/entries');
    expect(found('PATCH', '/accounts/me')).toBe('/accounts/{userId}');
    expect(found('GET', '/accounts/you/payouts')).toBeUndefined();
  });

  it('leads HEAD where GET leads', () => {
    expect(table.find('HEAD', '/accounts/you')).toEqual(table.find('GET', '/accounts/you'));
  });

  it('names the methods of a path that has not the one asked for', () => {
    const match = table.find('DELETE', '/accounts/you');
    expect(match).toEqual({ operation: null, allowed: ['GET', 'HEAD', 'PATCH'] });
  });

  it.each(['', '/', '/accounts', '/accounts/', '/accounts/a/b', '/accounts/a/entries/'])(
    'knows no %p',
    (path) => {
      expect(table.find('GET', path)).toBeNull();
    },
  );

  it.each([
    '..',
    '.',
    '%2e%2e',
    '%2E.',
    'a%2fb',
    'a%5Cb',
    'a\\b',
    '%252f',
    'a#b',
    '%23',
    'a%3Fb',
    '%6De',
    'm%65',
    '%00',
    '%zz',
    '%ff',
    '',
  ])('takes %p for no parameter: decoded it could lead elsewhere', (segment) => {
    expect(table.find('GET', `/accounts/${segment}`)).toBeNull();
  });

  it.each(['{0192}', '%7B0192%7D', 'UPPER', 'a%20b', '%D0%BF', 'constructor', '__proto__'])(
    'leaves it to the service to refuse %p',
    (segment) => {
      expect(found('GET', `/accounts/${segment}`)).toBe('/accounts/{userId}');
    },
  );
});
