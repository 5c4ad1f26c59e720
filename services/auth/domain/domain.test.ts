import { sessionExpiry } from './session-life';
import { waitAfter, delays } from './throttle';

describe('waitAfter', () => {
  it('leaves four wrong attempts free, then doubles from 5 s up to a quarter of an hour', () => {
    const seconds = [1, 4, 5, 6, 7, 12, 13, 500].map(waitAfter);
    expect(seconds).toEqual([0, 0, 5, 10, 20, 640, 900, 900]);
    expect(delays()).toEqual([0, 0, 0, 0, 5, 10, 20, 40, 80, 160, 320, 640, 900]);
  });
});

describe('sessionExpiry', () => {
  const day = (number: number): Date => new Date(Date.UTC(2026, 2, number));

  it('is a week after the last use, and a month after the login at the latest', () => {
    expect(sessionExpiry(day(1), day(1))).toEqual(day(8));
    expect(sessionExpiry(day(1), day(20))).toEqual(day(27));
    expect(sessionExpiry(day(1), day(28))).toEqual(day(31));
  });
});
