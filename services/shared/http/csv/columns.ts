import type { Locale } from '../../contracts/fields';
import { invariant } from '../../kernel/invariant';
import { toDecimal } from '../../kernel/money';

/** How the cells of a file are written. */
export interface CsvFormat {
  /** `ru`: semicolons between cells, a decimal comma, Russian titles. */
  locale: Locale;
  /** IANA name; moments are local times of this zone. */
  timeZone: string;
  /** ISO 4217, in a column of its own; decides the decimal places of amounts. Null: no amounts. */
  currency: string | null;
}

/** Title of a column in each language. */
export type CsvTitle = Record<Locale, string>;

/** Column of a file. Made by the functions below: each kind of cell is written in one way. */
export interface CsvColumn<Row> {
  title(format: CsvFormat): string;
  cell(row: Row, format: CsvFormat): string;
}

/**
 * First characters that spreadsheets read as the begin of a formula (OWASP, "CSV Injection"), with
 * their forms of full width, which some programs normalise.
 */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;

/** Text of people: an apostrophe in front keeps a spreadsheet from running it as a formula. */
export function textColumn<Row>(
  title: CsvTitle,
  value: (row: Row) => string | null | undefined,
): CsvColumn<Row> {
  return {
    title: ({ locale }) => title[locale],
    cell: (row) => {
      const text = value(row) ?? '';
      return FORMULA.test(text) ? `'${text}` : text;
    },
  };
}

/** Id, day, number or word of ours: never the text of a person. */
export function plainColumn<Row>(
  title: CsvTitle,
  value: (row: Row) => string | number | null,
): CsvColumn<Row> {
  return { title: ({ locale }) => title[locale], cell: (row) => String(value(row) ?? '') };
}

/** Amount in minor units, written as a decimal number. */
export function amountColumn<Row>(
  title: CsvTitle,
  cents: (row: Row) => bigint | null,
): CsvColumn<Row> {
  return {
    title: ({ locale }) => title[locale],
    cell: (row, { locale, currency }) => {
      const amount = cents(row);
      if (amount === null) return '';
      invariant(currency !== null, 'a file with amounts has a currency');
      const decimal = toDecimal(amount, currency);
      return locale === 'ru' ? decimal.replace('.', ',') : decimal;
    },
  };
}

/** Currency of the amounts in the same row. */
export function currencyColumn<Row>(): CsvColumn<Row> {
  return {
    title: ({ locale }) => ({ en: 'Currency', ru: 'Валюта' })[locale],
    cell: (_, { currency }) => currency ?? '',
  };
}

/** Moment as local time of the business zone, which the title names: `2026-03-02 18:00:05`. */
export function momentColumn<Row>(
  title: CsvTitle,
  moment: (row: Row) => Date | null,
): CsvColumn<Row> {
  return {
    title: ({ locale, timeZone }) => `${title[locale]} (${timeZone})`,
    cell: (row, { timeZone }) => {
      const at = moment(row);
      return at === null ? '' : localTime(at, timeZone);
    },
  };
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(moment: Date, timeZone: string): string {
  let format = formats.get(timeZone);
  if (!format) {
    // Swedish dates are ISO 8601, with a space before the time: spreadsheets read them.
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    formats.set(timeZone, format);
  }
  return format.format(moment);
}
