import type { Money } from '../../shared/kernel/money';

/** Formats a sum for readers of a language; exact, whatever its size. */
export function formatSum({ amount, currency }: Money, locale: string): string {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  const places = format.resolvedOptions().maximumFractionDigits ?? 0;
  const negative = amount.startsWith('-');
  const digits = amount.replace('-', '').padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const decimal = `${negative ? '-' : ''}${whole}.${digits.slice(whole.length)}0`;
  return format.format(decimal as Intl.StringNumericLiteral);
}

/** Formats a change of a balance: like a sum, with its sign also when positive. */
export function formatChange(change: Money, locale: string): string {
  const sum = formatSum(change, locale);
  return change.amount.startsWith('-') ? sum : `+${sum}`;
}

/** Formats a business day, `YYYY-MM-DD`, for readers of a language. */
export function formatDay(day: string, locale: string): string {
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${day}T00:00:00Z`));
}
