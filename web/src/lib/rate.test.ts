import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatMoney, parseMoney, toDecimal } from './money';
import { formatRate, middleOf, parseRate, partOf, percentOf, rateOfPercent } from './rate';

const SCALE = 10_000n;
const usd = (amount: bigint) => ({ amount: String(amount), currency: 'USD' });
const prices = fc.bigInt({ min: 0n, max: 10n ** 12n - 1n });
/** Ten-thousandths. */
const rates = fc.bigInt({ min: 0n, max: 10n * SCALE });
const written = (scaled: bigint): string =>
  `${scaled / SCALE}.${String(scaled % SCALE).padStart(4, '0')}`;

it('a part is the whole minor unit nearest to the exact product, the upper one of two', () => {
  fc.assert(
    fc.property(prices, rates, (price, rate) => {
      const part = BigInt(partOf(usd(price), written(rate))!.amount);
      // Twice the distance to the exact product, in ten-thousandths of a minor unit.
      const distance = 2n * (part * SCALE - price * rate);
      return distance > -SCALE && distance <= SCALE;
    }),
  );
});

it('a part grows with the price and with the rate', () => {
  fc.assert(
    fc.property(prices, prices, rates, rates, (price, more, rate, higher) => {
      const part = BigInt(partOf(usd(price), written(rate))!.amount);
      const [top, most] = [price + more, rate > higher ? rate : higher];
      return part <= BigInt(partOf(usd(top), written(most))!.amount);
    }),
  );
});

it('rounds half a cent up, as the server does', () => {
  expect(partOf(usd(2_001n), '0.5')).toEqual(usd(1_001n));
  expect(partOf(usd(2_682n), '0.5')).toEqual(usd(1_341n));
});

it('a percentage and its rate are the same', () => {
  fc.assert(
    fc.property(rates, fc.constantFrom('.', ','), (rate, point) => {
      const percent = `${rate / 100n}${point}${String(rate % 100n).padStart(2, '0')}`;
      return parseRate(rateOfPercent(percent)!) === rate;
    }),
  );
});

it('a rate reads back the same from the percentage it is shown as', () => {
  fc.assert(
    fc.property(rates, (rate) => parseRate(rateOfPercent(percentOf(written(rate)))!) === rate),
  );
  expect(['0', '1', '0.5', '0.105'].map(percentOf)).toEqual(['0', '100', '50', '10.5']);
});

it.each(['', '-1', '1e3', '50%', '1001', '12.345', '1000.01', 'NaN'])(
  '%j is no percentage',
  (text) => expect(rateOfPercent(text)).toBeNull(),
);

it('rates are written as percentages, exactly', () => {
  expect(formatRate('0.3333', 'en')).toBe('33.33%');
  expect(formatRate('1', 'ru')).toBe('100\u00a0%');
});

it('the middle lies between both ends', () => {
  fc.assert(
    fc.property(prices, prices, (lowest, more) => {
      const middle = BigInt(middleOf(usd(lowest), usd(lowest + more)).amount);
      return lowest <= middle && middle <= lowest + more;
    }),
  );
});

it('money that was written reads back the same', () => {
  fc.assert(
    fc.property(prices, fc.constantFrom('.', ','), (amount, point) => {
      const text = toDecimal(usd(amount)).replace('.', point);
      expect(parseMoney(text, 'USD')).toEqual(usd(amount));
    }),
  );
});

it('money is read with fewer digits and with spaces between thousands, never with more', () => {
  expect(parseMoney('1 250,5', 'USD')).toEqual(usd(125_050n));
  expect(formatMoney(parseMoney('20', 'USD')!, 'en')).toBe('$20.00');
  expect(parseMoney('20.001', 'USD')).toBeNull();
  expect(parseMoney('20.5', 'JPY')).toBeNull();
  expect(parseMoney('-1', 'USD')).toBeNull();
});
