import { type Language, type Money } from './money';

/** Part of a price that a fee or a reward is, as the API says it: `0.5` is 50 %. */
export type Rate = string;

const RATE = /^(\d{1,2})(?:\.(\d{1,4}))?$/;
const PLACES = 4;
const SCALE = 10n ** BigInt(PLACES);
const MAX = 10n * SCALE;
/** Ten-thousandths in a hundredth of a per cent: two digits of a percentage are kept. */
const PERCENT = /^(\d{1,4})(?:[.,](\d{1,2}))?$/;
const PERCENT_PLACES = 2;
const PERCENT_SCALE = 10n ** BigInt(PERCENT_PLACES);

/** Returns a rate in ten-thousandths; null for what the server refuses (0 to 10, four places). */
export function parseRate(rate: Rate): bigint | null {
  const match = RATE.exec(rate);
  if (!match) return null;
  const scaled = BigInt(match[1]! + (match[2] ?? '').padEnd(PLACES, '0'));
  return scaled <= MAX ? scaled : null;
}

function toRate(scaled: bigint): Rate {
  const places = String(scaled % SCALE).padStart(PLACES, '0');
  return `${scaled / SCALE}.${places}`.replace(/\.?0+$/, '');
}

/** Returns the rate that a person wrote as a percentage: `33,33` is `0.3333`; null for none. */
export function rateOfPercent(text: string): Rate | null {
  const match = PERCENT.exec(text.trim());
  if (!match) return null;
  const scaled = BigInt(match[1]! + (match[2] ?? '').padEnd(PERCENT_PLACES, '0'));
  return scaled <= MAX ? toRate(scaled) : null;
}

/** Formats a rate as an exact percentage: `0.3333` is `33.33%`. */
export function formatRate(rate: Rate, language: Language): string {
  const format = { style: 'percent', maximumFractionDigits: PERCENT_PLACES } as const;
  return new Intl.NumberFormat(language, format).format(rate as never);
}

/**
 * Returns the part of a price, rounded half up to whole minor units, as the server rounds fees and
 * rewards. Null when the rate or the price is not one.
 */
export function partOf(price: Money, rate: Rate): Money | null {
  const scaled = parseRate(rate);
  const value = BigInt(price.amount);
  if (scaled === null || value < 0n) return null;
  return { amount: String((value * scaled + SCALE / 2n) / SCALE), currency: price.currency };
}

/** Returns the price in the middle of two, rounded down to whole minor units. */
export function middleOf(lowest: Money, highest: Money): Money {
  const both = BigInt(lowest.amount) + BigInt(highest.amount);
  return { amount: String(both / 2n), currency: lowest.currency };
}

/** Returns a rate as a person writes it in a form: `0.3333` is `33.33`; empty when it is none. */
export function percentOf(rate: Rate): string {
  const scaled = parseRate(rate);
  if (scaled === null) return '';
  const rest = String(scaled % PERCENT_SCALE).padStart(PERCENT_PLACES, '0');
  return `${scaled / PERCENT_SCALE}.${rest}`.replace(/\.0+$|(?<=\.\d)0$/, '');
}
