/** Amount in minor units (cents), as the API says it: a decimal string, never a number. */
export interface Money {
  amount: string;
  currency: string;
}

export type Language = 'en' | 'ru';

/** `always`: explicit plus, for entries and rewards; `negative`: minus alone, for balances. */
export type Sign = 'always' | 'negative';

const MINUS = '\u2212';
const CENTS_DIGITS = 2;
/** With a point or a comma; more digits than any price has are a slip of the finger. */
const WRITTEN = /^(\d{1,10})(?:[.,](\d+))?$/;

const formats = new Map<string, Intl.NumberFormat>();

function formatOf(language: Language, currency: string, sign: Sign): Intl.NumberFormat {
  const key = `${language} ${currency} ${sign}`;
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    signDisplay: sign === 'always' ? 'exceptZero' : 'negative',
  });
  formats.set(key, made);
  return made;
}

/** Digits after the point in the currency's minor unit. */
function digitsOf(currency: string): number {
  return (
    formatOf('en', currency, 'negative').resolvedOptions().maximumFractionDigits ?? CENTS_DIGITS
  );
}

/** Returns minor units as an exact decimal string: `-1250` of USD is `-12.50`. */
export function toDecimal({ amount, currency }: Money): `${number}` {
  const digits = digitsOf(currency);
  const value = BigInt(amount);
  const all = String(value < 0n ? -value : value).padStart(digits + 1, '0');
  const whole = all.slice(0, all.length - digits);
  const rest = digits === 0 ? '' : `.${all.slice(-digits)}`;
  return `${value < 0n ? '-' : ''}${whole}${rest}` as `${number}`;
}

/**
 * Returns the money that a person wrote: `1 250,5` of USD is `125050`; null when it is none, or has
 * more digits than the currency.
 */
export function parseMoney(text: string, currency: string): Money | null {
  const match = WRITTEN.exec(text.replaceAll(/\s/g, ''));
  const [, whole, rest = ''] = match ?? [];
  const digits = digitsOf(currency);
  if (whole === undefined || rest.length > digits) return null;
  return { amount: String(BigInt(whole + rest.padEnd(digits, '0'))), currency };
}

/**
 * Formats money exactly, with a true minus. `Intl.NumberFormat` gets a decimal string, so that no
 * amount passes through a floating-point number (ECMA-402, NumberFormat v3).
 */
export function formatMoney(money: Money, language: Language, sign: Sign = 'negative'): string {
  const text = formatOf(language, money.currency, sign).format(toDecimal(money) as never);
  return text.replace('-', MINUS);
}

/** Returns the sum of amounts of one currency; null for none. */
export function sum(amounts: readonly Money[]): Money | null {
  const [first] = amounts;
  if (!first) return null;
  const total = amounts.reduce((so, { amount }) => so + BigInt(amount), 0n);
  return { amount: String(total), currency: first.currency };
}

/** Returns the amount with the opposite sign: a fee is shown as money out. */
export function negated({ amount, currency }: Money): Money {
  return { amount: String(-BigInt(amount)), currency };
}

/** Returns -1, 0 or 1. */
export function signOf({ amount }: Money): -1 | 0 | 1 {
  const value = BigInt(amount);
  if (value === 0n) return 0;
  return value < 0n ? -1 : 1;
}

const PER_MILLE = 1_000n;

/**
 * Formats a part as percent of the whole, to a tenth: closer than that, the rounding of cents would
 * show. Null for a part of nothing.
 */
export function formatShare(part: Money, whole: Money, language: Language): string | null {
  const all = BigInt(whole.amount);
  if (all === 0n) return null;
  const tenths = (BigInt(part.amount) * PER_MILLE + all / 2n) / all;
  return new Intl.NumberFormat(language, { style: 'percent', maximumFractionDigits: 1 }).format(
    `${tenths}e-3` as never,
  );
}

/** Returns minor units as a length to draw; what is read is made by `formatMoney`. */
export function lengthOf({ amount }: Money): number {
  return Number(amount);
}
