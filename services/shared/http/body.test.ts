import { refuseDuplicateKeys } from './body';

/** Quadratic time would take a second or more. */
const SOON_MS = 250;

const check = (raw: string): void => refuseDuplicateKeys(raw, JSON.parse(raw));

describe('refuseDuplicateKeys', () => {
  it.each(['{"a":1,"a":2}', '{"a":{"b":1,"b":1}}', '[{"a" : 1,\n"a":2}]', '{"a":1,"\\u0061":2}'])(
    'refuses %s',
    (raw) => {
      expect(() => check(raw)).toThrow('names a key twice');
    },
  );

  it.each([
    '{"a":1,"b":{"a":2}}',
    '{"a":"\\"b\\":1"}',
    '[{"a":1},{"a":2}]',
    '"text: with a colon"',
    '{"__proto__":1}',
    '{"a":"x\\\\","b":":"}',
    '["a",":b"]',
  ])('lets %s through', (raw) => {
    expect(() => check(raw)).not.toThrow();
  });

  it('takes no longer for a text full of quotes than for any other', () => {
    const raw = JSON.stringify({ login: '"'.repeat(32_000) });
    const startedAt = performance.now();
    check(raw);
    expect(performance.now() - startedAt).toBeLessThan(SOON_MS);
  });
});
