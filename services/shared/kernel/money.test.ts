import fc from 'fast-check';
import { formatMoney, multiplyByRate, parseRate, toMoney, toDecimal } from './money';

describe('multiplyByRate', () => {
  it.each([
    [2001n, '0.5', 1001n],
    [2003n, '0.5', 1002n],
    [2000n, '0.5', 1000n],
    [3333n, '1.0', 3333n],
    [1n, '0.4999', 0n],
    [1n, '0.5', 1n],
    [4000n, '10', 40000n],
    [4000n, '0', 0n],
  ])('rounds %s × %s half up to %s', (cents, rate, expected) => {
    expect(multiplyByRate(cents, rate)).toBe(expected);
  });

  it('is never more than half a cent from the exact product', () => {
    const cents = fc.bigInt({ min: 0n, max: 10n ** 12n });
    const scaled = fc.bigInt({ min: 0n, max: 100_000n });
    fc.assert(
      fc.property(cents, scaled, (price, tenThousandths) => {
        const digits = tenThousandths.toString().padStart(5, '0');
        const rate = `${digits.slice(0, -4)}.${digits.slice(-4)}`;
        const distance = multiplyByRate(price, rate) * 10_000n - price * tenThousandths;
        expect(distance).toBeGreaterThan(-5_000n);
        expect(distance).toBeLessThanOrEqual(5_000n);
      }),
    );
  });

  it('refuses what is no rate', () => {
    expect(() => multiplyByRate(1n, 'half')).toThrow('not a rate');
  });
});

describe('parseRate', () => {
  it.each(['', '-1', '1.', '.5', '0.12345', '10.0001', '11', '1e1', ' 1', '0,5'])(
    'refuses %j',
    (rate) => {
      expect(parseRate(rate)).toBeNull();
    },
  );
});

describe('money on the wire and in letters', () => {
  it('keeps amounts that a number could not hold', () => {
    expect(toMoney(9_007_199_254_740_993n, 'USD')).toEqual({
      amount: '9007199254740993',
      currency: 'USD',
    });
  });

  it.each([
    [5n, '0.05 USD'],
    [-1250n, '-12.50 USD'],
    [100n, '1.00 USD'],
  ])('writes %s cents as %s', (cents, text) => {
    expect(formatMoney(cents, 'USD')).toBe(text);
  });
});

describe('a decimal number', () => {
  it.each([
    [0n, 'USD', '0.00'],
    [5n, 'USD', '0.05'],
    [-5n, 'USD', '-0.05'],
    [123456n, 'RUB', '1234.56'],
    [-100n, 'EUR', '-1.00'],
    [1234n, 'JPY', '1234'],
    [-7n, 'JPY', '-7'],
    [1234n, 'BHD', '1.234'],
    [12345678901234567890n, 'USD', '123456789012345678.90'],
  ])('of %s minor units of %s is %s', (cents, currency, expected) => {
    expect(toDecimal(cents, currency)).toBe(expected);
  });
});
