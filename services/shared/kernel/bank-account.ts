const RUSSIAN_ACCOUNT = /^\d{20}$/;
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
const LETTER_OFFSET = 55;
const SHOWN_DIGITS = 4;

/** ISO 13616: moved to the end, letters as numbers, the whole is 1 modulo 97. */
function hasIbanChecksum(iban: string): boolean {
  const moved = iban.slice(4) + iban.slice(0, 4);
  const digits = moved.replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - LETTER_OFFSET));
  return BigInt(digits) % 97n === 1n;
}

/** True for 20 digits (a Russian settlement account) or an IBAN with a right checksum. */
export function isBankAccount(value: string): boolean {
  return RUSSIAN_ACCOUNT.test(value) || (IBAN.test(value) && hasIbanChecksum(value));
}

/** The number with all but its last four characters hidden. */
export function maskBankAccount(value: string): string {
  const hidden = Math.max(value.length - SHOWN_DIGITS, 0);
  return '•'.repeat(hidden) + value.slice(hidden);
}
