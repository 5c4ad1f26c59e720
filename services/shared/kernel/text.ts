/**
 * Invisible characters: white space, control and format characters, default ignorables (the Hangul
 * fillers are letters), and blanks among letters and symbols: braille, a musical note without head,
 * the Khitan filler, the Egyptian blanks.
 */
const UNSEEN =
  '\\p{White_Space}\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}' +
  '\\u2800\\u{1D159}\\u{16FE4}\\u{13441}\\u{13442}';
const SOMETHING_SEEN = new RegExp(`[^${UNSEEN}]`, 'u');
const SOMETHING_UNSEEN = new RegExp(`[${UNSEEN}]`, 'u');

/** Returns whether a text has at least one visible character. */
export function isVisible(text: string): boolean {
  return SOMETHING_SEEN.test(text);
}

/** Returns whether a text has an invisible character, spaces included. */
export function hidesSomething(text: string): boolean {
  return SOMETHING_UNSEEN.test(text);
}

/** Returns the length in code points, as JSON Schema and PostgreSQL count, not UTF-16 units. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
