import { derivedId, isUuid, newId } from './ids';

describe('newId', () => {
  it('sorts by the time it was made', () => {
    const [earlier, later] = [newId(1_700_000_000_000), newId(1_700_000_000_001)];
    expect(earlier < later).toBe(true);
  });

  it('is a canonical uuid of version 7', () => {
    const id = newId();
    expect(isUuid(id)).toBe(true);
    expect(id[14]).toBe('7');
    expect('89ab').toContain(id[19]);
  });
});

describe('derivedId', () => {
  it('gives the same parts the same id of version 5', () => {
    const id = derivedId('kesha', 'POST /tasks', 'key-1');
    expect(derivedId('kesha', 'POST /tasks', 'key-1')).toBe(id);
    expect(isUuid(id)).toBe(true);
    expect(id[14]).toBe('5');
  });

  it('does not confuse where one part ends and the next begins', () => {
    expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc'));
  });
});

describe('isUuid', () => {
  it.each([
    '{0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e}',
    '0192C5A4-7B1E-7CC3-9D7E-2F4A6B8C0D1E',
    '0192c5a47b1e7cc39d7e2f4a6b8c0d1e',
    '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e\n',
    '',
  ])('refuses %j', (value) => {
    expect(isUuid(value)).toBe(false);
  });
});
