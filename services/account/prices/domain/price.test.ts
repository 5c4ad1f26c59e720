import { randomInt } from 'node:crypto';
import { drawPrice } from './price';

const rule = {
  priceMinCents: 2000n,
  priceMaxCents: 4000n,
  writeOffRate: '0.5',
  accrualRate: '1.0',
};

describe('drawPrice', () => {
  it('takes both rates of the price that was drawn', () => {
    expect(drawPrice(rule, () => 2750)).toEqual({
      priceCents: 2750n,
      feeCents: 1375n,
      rewardCents: 2750n,
    });
  });

  it('rounds half a cent up', () => {
    expect(drawPrice(rule, () => 2001).feeCents).toBe(1001n);
  });

  it('asks for a number between both ends, both included', () => {
    const asked: [number, number][] = [];
    drawPrice(rule, (min, max) => {
      asked.push([min, max]);
      return min;
    });
    expect(asked).toEqual([[2000, 4000]]);
  });

  it('draws every cent of a narrow range', () => {
    const narrow = { ...rule, priceMaxCents: 2003n };
    const drawn = new Set<bigint>();
    for (let i = 0; i < 500; i += 1) {
      drawn.add(drawPrice(narrow, (min, max) => randomInt(min, max + 1)).priceCents);
    }
    expect([...drawn].sort()).toEqual([2000n, 2001n, 2002n, 2003n]);
  });

  it('refuses a range that could not be drawn exactly', () => {
    expect(() => drawPrice({ ...rule, priceMinCents: 4001n }, () => 0)).toThrow('begins before');
    expect(() => drawPrice({ ...rule, priceMaxCents: 10n ** 16n }, () => 0)).toThrow('exact');
  });
});
