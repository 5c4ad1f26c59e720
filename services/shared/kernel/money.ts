import { invariant } from './invariant';

/** Money on the wire: minor units as a decimal string (may be negative), ISO 4217 currency. */
export interface Money {
  amount: string;
  currency: string;
}

const RATE = /^(\d{1,2})(?:\.(\d{1,4}))?$/;
const RATE_PLACES = 4;
const RATE_SCALE = 10n ** BigInt(RATE_PLACES);
const MAX_RATE = 10n * RATE_SCALE;

/** Cents as they go over the wire. */
export function toMoney(cents: bigint, currency: string): Money {
  return { amount: cents.toString(), currency };
}

/** Ten-thousandths of a rate such as `"0.5"`; null when it is no decimal from 0 to 10. */
export function parseRate(rate: string): bigint | null {
  const match = RATE.exec(rate);
  if (!match) return null;
  const scaled = BigInt(match[1]! + (match[2] ?? '').padEnd(RATE_PLACES, '0'));
  return scaled <= MAX_RATE ? scaled : null;
}

/**
 * `cents × rate`, rounded half up to whole cents. `cents` is not negative; `rate` is a decimal
 * string from "0" to "10" with up to four places. Throws `InvariantViolation` otherwise.
 */
export function multiplyByRate(cents: bigint, rate: string): bigint {
  const scaled = parseRate(rate);
  invariant(scaled !== null, `not a rate: ${rate}`);
  invariant(cents >= 0n, 'a price is never negative');
  return (cents * scaled + RATE_SCALE / 2n) / RATE_SCALE;
}

/** Cents as people write them, for letters and logs: `12.50 USD`. */
export function formatMoney(cents: bigint, currency: string): string {
  const sign = cents < 0n ? '-' : '';
  const digits = (cents < 0n ? -cents : cents).toString().padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)} ${currency}`;
}
