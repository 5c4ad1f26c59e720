const BLANKS = /\p{Zs}/gu;
const GROUP = /(.{4})(?=.)/gu;

/**
 * Writes a bank account number in groups of four, as it is printed; the BIK in front of a Russian
 * account stays whole.
 */
export function groupedAccount(text: string): string {
  const number = text.replace(BLANKS, '').toUpperCase();
  const account = number.indexOf('/') + 1;
  return number.slice(0, account) + number.slice(account).replace(GROUP, '$1 ');
}

/** Returns the place in grouped text after as many characters as stand before `place` in `text`. */
export function placeAfterGrouping(text: string, place: number, grouped: string): number {
  let left = text.slice(0, place).replace(BLANKS, '').length;
  let at = 0;
  for (; left > 0 && at < grouped.length; at += 1) if (grouped[at] !== ' ') left -= 1;
  return at;
}

const SHOWN = 4;

/** Returns the last four characters of a bank account number, behind dots for the others. */
export function maskedAccount(number: string): string {
  return `•••• ${number.slice(-SHOWN)}`;
}
