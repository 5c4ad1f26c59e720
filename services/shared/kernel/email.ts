import { domainToASCII, domainToUnicode } from 'node:url';
import isEmail from 'validator/lib/isEmail';

/**
 * `isEmail` rules: no local part beyond ASCII, which needs SMTPUTF8 (RFC 6531). `isEmail` itself
 * limits local part and domain to 64 and 254 octets and refuses labels that begin or end with `-`
 * (RFC 5321, 4.5.3.1; RFC 1123, 2.1).
 */
const RULES = { allow_utf8_local_part: false };
const ASCII = /^[!-~]*$/;
/** A quoted local part may hold spaces and control characters; no provider gives one out. */
const QUOTE = '"';
/** Characters that the URL host parser takes for delimiters. */
const AROUND_HOST = /[\s%/?#:@\\[\]]/;
const ACE_LABEL = /(^|\.)xn--/i;

/** Returns the domain in ASCII (UTS 46, Punycode); empty when it can't be converted. */
function asciiDomain(domain: string): string {
  if (ASCII.test(domain) && !ACE_LABEL.test(domain)) return domain;
  if (AROUND_HOST.test(domain)) return '';
  // Node.js 24 lets broken punycode pass as it stands, where 20 and 22 refuse it.
  const unicode = domainToUnicode(domain);
  return ACE_LABEL.test(unicode) ? '' : domainToASCII(unicode);
}

/**
 * Returns the canonical form of an email address, as stored and compared: lower case, domain in
 * Punycode, so that `почта.рф` and `xn--80a1acny.xn--p1ai` are equal. Returns null for an address
 * that our mail servers can't reach.
 */
export function canonicalEmail(text: string): string | null {
  const at = text.lastIndexOf('@');
  const local = text.slice(0, Math.max(at, 0));
  if (local === '' || local.startsWith(QUOTE) || !ASCII.test(local)) return null;
  const address = `${local}@${asciiDomain(text.slice(at + 1))}`.toLowerCase();
  return isEmail(address, RULES) ? address : null;
}
