/**
 * Shows nothing by itself: white space, controls, formats, what fonts leave out (the Hangul
 * fillers are letters), and the blanks among letters and symbols: braille, a musical note
 * without head, the Khitan filler and the Egyptian blanks.
 */
const UNSEEN =
  '\\p{White_Space}\\p{Cc}\\p{Cf}\\p{Default_Ignorable_Code_Point}' +
  '\\u2800\\u{1D159}\\u{16FE4}\\u{13441}\\u{13442}';
const SOMETHING_SEEN = new RegExp(`[^${UNSEEN}]`, 'u');
const SOMETHING_UNSEEN = new RegExp(`[${UNSEEN}]`, 'u');

/** True for a text in which a reader sees at least one character. */
export function isVisible(text: string): boolean {
  return SOMETHING_SEEN.test(text);
}

/** True for a text with a character that a reader can't see, blanks included. */
export function hidesSomething(text: string): boolean {
  return SOMETHING_UNSEEN.test(text);
}

/** Characters as JSON Schema and PostgreSQL count them: code points, not UTF-16 units. */
export function lengthOf(text: string): number {
  let length = 0;
  for (const _ of text) length += 1;
  return length;
}
