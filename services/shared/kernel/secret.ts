const NON_ASCII_SPACES = /\p{Zs}/gu;
const CONTROL = /\p{Cc}/u;

/**
 * A secret as it is hashed and compared, however a keyboard writes it: the OpaqueString profile
 * of RFC 8265, section 4.2. Every kind of blank becomes U+0020, then NFC; width and case stay.
 * Null for what the profile refuses: nothing at all, or control characters. Unlike the profile,
 * code points that this version of Unicode doesn't know, or that nobody sees, are let through:
 * a secret that was taken once must stay right with other versions.
 */
export function prepareSecret(text: string): string | null {
  const prepared = text.replace(NON_ASCII_SPACES, ' ').normalize('NFC');
  return prepared === '' || CONTROL.test(prepared) ? null : prepared;
}
