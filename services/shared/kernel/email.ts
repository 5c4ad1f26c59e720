import { domainToASCII } from 'node:url';
import isEmail from 'validator/lib/isEmail';

/**
 * What our mail servers carry: no local part beyond ASCII, which needs SMTPUTF8 (RFC 6531). Parts
 * are at most 64 and 255 octets long, labels neither begin nor end in `-` (RFC 5321, 4.5.3.1;
 * RFC 1123, 2.1).
 */
const RULES = { allow_utf8_local_part: false };
const ASCII = /^[!-~]*$/;
/** Quotes allow blanks and control characters, which no provider gives out. */
const QUOTE = '"';
/** What the parser of hosts would take for something around the host. */
const AROUND_HOST = /[\s%/?#:@\\[\]]/;
const ACE_LABEL = /(^|\.)xn--/i;

/** The domain as DNS writes it (UTS 46); empty when it is none. */
function asciiDomain(domain: string): string {
  if (ASCII.test(domain) && !ACE_LABEL.test(domain)) return domain;
  return AROUND_HOST.test(domain) ? '' : domainToASCII(domain);
}

/**
 * An email address in the form in which it is stored and compared: lower case, the domain as DNS
 * writes it, so that `почта.рф` and `xn--80a1acny.xn--p1ai` are one. Null when no letter can be
 * sent there.
 */
export function canonicalEmail(text: string): string | null {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  if (local === '' || local.startsWith(QUOTE) || !ASCII.test(local)) return null;
  const address = `${local}@${asciiDomain(text.slice(at + 1))}`.toLowerCase();
  return isEmail(address, RULES) ? address : null;
}
