const NON_ASCII_SPACES = /\p{Zs}/gu;
const CONTROL = /\p{Cc}/u;

/**
 * Prepares a secret for hashing and comparison by the OpaqueString profile (RFC 8265, section 4.2):
 * every kind of space becomes U+0020, then NFC; width and case stay. Returns null for an empty text
 * or one with control characters. Unlike the profile, unassigned and invisible code points are
 * allowed: a secret accepted once must stay valid under other versions of Unicode.
 */
export function prepareSecret(text: string): string | null {
  const prepared = text.replace(NON_ASCII_SPACES, ' ').normalize('NFC');
  return prepared === '' || CONTROL.test(prepared) ? null : prepared;
}
