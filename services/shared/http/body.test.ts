import { refuseDuplicateKeys } from './body';

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
  ])('lets %s through', (raw) => {
    expect(() => check(raw)).not.toThrow();
  });
});
