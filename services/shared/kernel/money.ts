import { invariant } from './invariant';

/** Money on the wire: minor units as a signed decimal string, ISO 4217 currency. */
export interface Money {
  amount: string;
  currency: string;
}

const RATE = /^(\d{1,2})(?:\.(\d{1,4}))?$/;
const RATE_PLACES = 4;
const RATE_SCALE = 10n ** BigInt(RATE_PLACES);
const MAX_RATE = 10n * RATE_SCALE;

/** Converts cents to money on the wire. */
export function toMoney(cents: bigint, currency: string): Money {
  return { amount: cents.toString(), currency };
}

/** Parses a rate (`"0.5"`; 0 to 10, up to four places) into ten-thousandths; null if invalid. */
export function parseRate(rate: string): bigint | null {
  const match = RATE.exec(rate);
  if (!match) return null;
  const scaled = BigInt(match[1]! + (match[2] ?? '').padEnd(RATE_PLACES, '0'));
  return scaled <= MAX_RATE ? scaled : null;
}

/**
 * Returns `cents × rate`, rounded half up to whole cents. Throws `InvariantViolation` when `cents`
 * is negative or `parseRate` refuses `rate`.
 */
export function multiplyByRate(cents: bigint, rate: string): bigint {
  const scaled = parseRate(rate);
  invariant(scaled !== null, `not a rate: ${rate}`);
  invariant(cents >= 0n, 'a price is never negative');
  return (cents * scaled + RATE_SCALE / 2n) / RATE_SCALE;
}

/** Formats cents for people, always with two decimal places: `12.50 USD`. */
export function formatMoney(cents: bigint, currency: string): string {
  const sign = cents < 0n ? '-' : '';
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
}

const places = new Map<string, number>();

/** Returns the decimal places of a currency (ISO 4217), as Intl knows them. */
function decimalPlaces(currency: string): number {
  let found = places.get(currency);
  if (found === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency });
    found = format.resolvedOptions().maximumFractionDigits ?? 0;
    places.set(currency, found);
  }
  return found;
}

/** Returns minor units as a decimal number of the currency: `-1234n` USD is `-12.34`. */
export function toDecimal(cents: bigint, currency: string): string {
  const count = decimalPlaces(currency);
  const sign = cents < 0n ? '-' : '';
  const digits = (cents < 0n ? -cents : cents).toString().padStart(count + 1, '0');
  const whole = digits.slice(0, digits.length - count);
  return count === 0 ? sign + whole : `${sign}${whole}.${digits.slice(-count)}`;
}
