import { demandClosable, dueBefore } from './closing';

const calendar = { timeZone: 'Europe/Moscow', cutOff: '18:00' };
/** End of 2026-03-02 and begin of 2026-03-03. */
const cutOffAt = new Date('2026-03-02T15:00:00Z');
const before = new Date(cutOffAt.getTime() - 1);

describe('the worker closes a day', () => {
  it('a minute after its cut-off', () => {
    expect(cutOffAt <= dueBefore(new Date('2026-03-02T15:00:59Z'))).toBe(false);
    expect(cutOffAt <= dueBefore(new Date('2026-03-02T15:01:00Z'))).toBe(true);
  });
});

describe('closing by hand', () => {
  const situation = { open: '2026-03-03', now: cutOffAt, calendar, mayBeEarly: false };

  it('the open day from its planned beginning on: allowed', () => {
    expect(() => demandClosable('2026-03-03', situation)).not.toThrow();
  });

  it('the open day before its planned beginning: refused, unless early closing is allowed', () => {
    const early = { ...situation, now: before };
    const refusal = expect.objectContaining({ status: 409, id: 'business-day-not-begun' });
    expect(() => demandClosable('2026-03-03', early)).toThrow(refusal);
    expect(() => demandClosable('2026-03-03', { ...early, mayBeEarly: true })).not.toThrow();
  });

  it('a day after the open one: refused, even when early closing is allowed', () => {
    const refusal = expect.objectContaining({ status: 409, id: 'business-day-not-begun' });
    expect(() => demandClosable('2026-03-04', { ...situation, mayBeEarly: true })).toThrow(refusal);
  });

  it('a day before the first: not found', () => {
    const refusal = expect.objectContaining({ status: 404 });
    expect(() => demandClosable('2020-01-01', situation)).toThrow(refusal);
  });
});
