import { nextAccountAskAt } from './activation';

const askedAt = new Date('2026-03-02T09:00:00.000Z');
const minutesUntilNext = (times: number): number =>
  (nextAccountAskAt(askedAt, times).getTime() - askedAt.getTime()) / 60_000;

describe('nextAccountAskAt', () => {
  it('doubles the wait from one minute up to an hour, however often it was asked', () => {
    expect([1, 2, 3, 6, 7, 8, 5_000].map(minutesUntilNext)).toEqual([1, 2, 4, 32, 60, 60, 60]);
  });
});
