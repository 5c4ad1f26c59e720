/**
 * Words for the reasons that banks give most (ISO 20022 `ExternalStatusReason1Code`), as the payee
 * reads them.
 */
const WORDS: Readonly<Record<string, string>> = {
  AC01: 'the account number is wrong',
  AC03: 'the account number of the payee is not valid',
  AC04: 'the account is closed',
  AC06: 'the account is blocked',
  AC13: 'the account is not of the right kind',
  AG01: 'transfers to this account are forbidden',
  AG02: 'the bank does not offer this kind of transfer',
  AM02: 'the amount is not allowed',
  AM04: 'the company has not enough money on its account',
  AM05: 'the bank has this transfer already',
  BE01: 'the name does not fit the account',
  BE04: 'the address of the account holder is missing',
  DT01: 'the execution date is not valid',
  FF01: 'the bank can not read the file',
  MD07: 'the account holder has died',
  MS02: 'the account holder gave no reason',
  MS03: 'the bank gave no reason',
  NARR: 'see the words of the bank',
  RC01: 'the code of the bank is wrong',
  RC04: 'the bank of the payee is not known',
  RR01: 'the account of the company is missing',
  RR03: 'the name of the payee is missing',
  RR04: 'the law forbids it',
  TM01: 'the file came after the cut-off of the bank',
};
const MAX_REASON = 500;

/** Reason of a refusal: a code of the bank, and words. */
interface Reason {
  code: string | null;
  words: readonly string[];
}

/** Returns the reason for people: the bank's words, else ours for its code, with the code. */
export function reasonText({ code, words }: Reason): string | null {
  const said = words.join(' ').trim() || (code === null ? '' : (WORDS[code] ?? ''));
  const text = [code ?? '', said].filter((part) => part !== '').join(': ');
  return text === '' ? null : Array.from(text).slice(0, MAX_REASON).join('');
}
