import { delayAfter, isHopeless } from './delays';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

describe('the delay before the next try', () => {
  it.each([
    [0, 2 * SECOND_MS],
    [10 * SECOND_MS, 10 * SECOND_MS],
    [DAY_MS, 300 * SECOND_MS],
  ])('after %d ms of trying: %d ms', (triedMs, delayMs) => {
    expect(delayAfter(triedMs)).toBe(delayMs);
  });
});

describe('isHopeless', () => {
  it('is true from a day on', () => {
    expect([isHopeless(DAY_MS - 1), isHopeless(DAY_MS)]).toEqual([false, true]);
  });
});
