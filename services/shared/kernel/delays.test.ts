import { asLongAgain, doubledDelay, isHopeless } from './delays';

const SECOND_MS = 1_000;
const DAY_MS = 86_400_000;

describe('doubledDelay', () => {
  it.each([
    [1, 5],
    [2, 10],
    [4, 40],
    [5, 60],
    [10_000, 60],
  ])('after %d tries: %d', (tries, delay) => {
    expect(doubledDelay(tries, { first: 5, longest: 60 })).toBe(delay);
  });
});

describe('asLongAgain', () => {
  it.each([
    [0, 2 * SECOND_MS],
    [10 * SECOND_MS, 10 * SECOND_MS],
    [DAY_MS, 300 * SECOND_MS],
  ])('after %d ms of trying: %d ms', (triedMs, delayMs) => {
    expect(asLongAgain(triedMs)).toBe(delayMs);
  });

  it('has the longest rest that is asked for', () => {
    expect(asLongAgain(DAY_MS, 3_600 * SECOND_MS)).toBe(3_600 * SECOND_MS);
  });
});

describe('isHopeless', () => {
  it('is true from a day on', () => {
    expect([isHopeless(DAY_MS - 1), isHopeless(DAY_MS)]).toEqual([false, true]);
  });
});
