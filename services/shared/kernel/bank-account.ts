import { isValidIBAN } from 'ibantools';

/** Spaces of the print format (groups of four), no-break spaces included. */
const BLANKS = /\p{Zs}/gu;
const WRITTEN = /^[0-9A-Z/]*$/i;
const RUSSIAN_ACCOUNT = /^(?:(\d{9})\/)?(\d{20})$/;
const IBAN_HEAD = 4;
const ONLY_ZEROS = /^0*$/;
const SHOWN_DIGITS = 4;

const BIK_TAIL = -3;
/** Last digits of a BIK that belongs to a cash centre of the Bank of Russia. */
const CENTRAL_BANK_TAILS = ['000', '001', '002'];
/** Balance account of banks' correspondent accounts; the Bank of Russia keeps them. */
const CORRESPONDENT = '301';
/** Fifth and sixth digit of a BIK: the number of the cash centre. */
const CENTRE = [4, 6] as const;
const WEIGHTS = [7, 1, 3] as const;
const DECIMAL = 10;

/**
 * Returns whether the key (check digit), the ninth digit of the account, fits BIK and account. The
 * digits of bank code and account are multiplied by 7, 1, 3 in turn; the last digits of the
 * products must add up to a multiple of ten. The bank code is the last three digits of the BIK; for
 * accounts that the Bank of Russia keeps, 0 and the number of its cash centre. Bank of Russia, 8
 * September 1997, No. 515, "Порядок расчёта контрольного ключа в номере лицевого счёта".
 */
function hasRussianKey(bik: string, account: string): boolean {
  const tail = bik.slice(BIK_TAIL);
  const isCentralBanks = CENTRAL_BANK_TAILS.includes(tail) || account.startsWith(CORRESPONDENT);
  const bank = isCentralBanks ? `0${bik.slice(...CENTRE)}` : tail;
  const digits = Array.from(bank + account, Number);
  const sum = digits.reduce(
    (total, digit, at) => total + ((digit * WEIGHTS[at % WEIGHTS.length]!) % DECIMAL),
    0,
  );
  return sum % DECIMAL === 0;
}

function isRussianAccount(number: string): boolean {
  const [, bik, account] = RUSSIAN_ACCOUNT.exec(number) ?? [];
  if (account === undefined || ONLY_ZEROS.test(account)) return false;
  return bik === undefined || hasRussianKey(bik, account);
}

function isIban(number: string): boolean {
  return isValidIBAN(number) && !ONLY_ZEROS.test(number.slice(IBAN_HEAD));
}

/**
 * Returns the canonical form of a bank account number, as stored: upper case, no spaces. Accepts an
 * IBAN (ISO 13616: country, length, structure, checksum), a Russian account of 20 digits, and
 * `BIK/account` with a valid key. Returns null for anything else.
 */
export function canonicalBankAccount(text: string): string | null {
  const written = text.replace(BLANKS, '');
  if (!WRITTEN.test(written)) return null;
  const number = written.toUpperCase();
  return isRussianAccount(number) || isIban(number) ? number : null;
}

/** Kinds of bank account numbers: a Russian one, with or without its BIK, or an IBAN. */
export type BankAccountKind = 'ru' | 'iban';

/** Returns the kind of a stored bank account number, also of one that older rules took. */
export function bankAccountKind(number: string): BankAccountKind {
  return RUSSIAN_ACCOUNT.test(number) ? 'ru' : 'iban';
}

/** Splits a Russian number into BIK and account; the BIK is null when the number has none. */
export function russianParts(number: string): { bik: string | null; account: string } | null {
  const [, bik, account] = RUSSIAN_ACCOUNT.exec(number) ?? [];
  return account === undefined ? null : { bik: bik ?? null, account };
}

/** Masks all but the last four characters. */
export function maskBankAccount(value: string): string {
  const hidden = Math.max(value.length - SHOWN_DIGITS, 0);
  return '•'.repeat(hidden) + value.slice(hidden);
}
