import { newId } from '../kernel/ids';
import { ANONYMOUS, type Caller } from './caller';
import { createdId } from './created-id';

const kesha: Caller = { id: newId(), role: 'employee', permissions: [], sessionId: newId() };
const target = 'POST /sign-up';
const idOf = (caller: Caller, idempotencyKey: string | null, body: object): string =>
  createdId({ body: { ...body }, caller, idempotencyKey, target });

describe('createdId', () => {
  it('is the client’s own where it has one', () => {
    const id = newId();
    expect(idOf(kesha, 'k', { id })).toBe(id);
  });

  it('is the same for a repeat, by person, place and key', () => {
    expect(idOf(kesha, 'k', { a: 1 })).toBe(idOf(kesha, 'k', { a: 1 }));
    expect(idOf(kesha, 'k', { a: 1 })).toBe(idOf(kesha, 'k', { a: 2 }));
    expect(idOf(kesha, 'k', {})).not.toBe(idOf({ ...kesha, id: newId() }, 'k', {}));
    expect(idOf(kesha, 'k', {})).not.toBe(idOf(kesha, 'l', {}));
    expect(idOf(kesha, null, {})).not.toBe(idOf(kesha, null, {}));
  });

  it('is another one for a stranger who sends something else with the same key', () => {
    const first = idOf(ANONYMOUS, 'k', { nickname: 'kesha' });
    expect(idOf(ANONYMOUS, 'k', { nickname: 'kesha' })).toBe(first);
    expect(idOf(ANONYMOUS, 'k', { nickname: 'gosha' })).not.toBe(first);
  });
});
