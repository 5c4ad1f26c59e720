import { expectedShares } from './distribution';

describe('expectedShares', () => {
  it('gives everybody the same mean, to two places', () => {
    expect(expectedShares(10, ['a', 'b', 'c'])).toEqual([
      { userId: 'a', taskCount: 3.33 },
      { userId: 'b', taskCount: 3.33 },
      { userId: 'c', taskCount: 3.33 },
    ]);
  });

  it('expects nothing when there is nothing to deal', () => {
    expect(expectedShares(0, ['a'])).toEqual([{ userId: 'a', taskCount: 0 }]);
  });

  it('has nobody to name when nobody is active', () => {
    expect(expectedShares(5, [])).toEqual([]);
  });
});
