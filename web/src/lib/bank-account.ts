import { getCountrySpecifications, validateIBAN, ValidationErrorsIBAN } from 'ibantools';
import { canonicalBankAccount } from '../../../services/shared/kernel/bank-account';

/** What can be said of a number while it is typed: a fault is told as soon as it is certain. */
export type AccountState =
  'right' | 'incomplete' | 'too-long' | 'checksum' | 'key' | 'country' | 'form';

const BLANKS = /\p{Zs}/gu;
const DIGITS = /^\d*$/;
const WITH_BIK = /^(\d*)\/(\d*)$/;
const IBAN = /^[A-Z]{2}[0-9A-Z]*$/;
const COUNTRY = 2;
const BIK = 9;
const ACCOUNT = 20;

/** Returns the state of a bank account number; the rule of a right one is the server's own. */
export function accountState(text: string): AccountState {
  if (canonicalBankAccount(text) !== null) return 'right';
  const number = text.replace(BLANKS, '').toUpperCase();
  const [, bik, account] = WITH_BIK.exec(number) ?? [];
  if (bik !== undefined && account !== undefined) return stateWithBik(bik, account);
  if (DIGITS.test(number)) return ofLength(number, ACCOUNT, 'form');
  if (number.length < COUNTRY && /^[A-Z]$/.test(number)) return 'incomplete';
  return IBAN.test(number) ? stateOfIban(number) : 'form';
}

/** A number of `length` characters has a fault; a shorter one is not complete. */
function ofLength(number: string, length: number, fault: AccountState): AccountState {
  if (number.length === length) return fault;
  return number.length < length ? 'incomplete' : 'too-long';
}

function stateWithBik(bik: string, account: string): AccountState {
  return bik.length === BIK ? ofLength(account, ACCOUNT, 'key') : 'form';
}

function stateOfIban(number: string): AccountState {
  const length = getCountrySpecifications()[number.slice(0, COUNTRY)]?.chars;
  if (!length) return 'country';
  const { errorCodes } = validateIBAN(number);
  const isFormRight = !errorCodes.includes(ValidationErrorsIBAN.WrongBBANFormat);
  return ofLength(number, length, isFormRight ? 'checksum' : 'form');
}
