/** Reads words of a letter and what is written for it. */
function spelling(...lines: readonly string[]): ReadonlyMap<string, string> {
  const words = lines.flatMap((line) => line.split(' '));
  return new Map(words.map(([letter, ...latin]) => [letter!, latin.join('')]));
}

/** Small letters in Latin ones: Cyrillic as in passports (ICAO Doc 9303, part 3, section 6). */
const IN_LATIN = spelling(
  'аa бb вv гg дd еe ёe жzh зz иi йi кk лl мm нn оo пp рr сs тt уu фf хkh цts чch шsh щshch',
  'ъie ыy ь эe юiu яia іi їi єie ґg ўu ђd јj љlj њnj ћc џdz ѓg ќk ѕs',
  'ßss æae œoe øo đd ðd þth łl ħh ıi',
);

const MARKS = /\p{M}/gu;
const NOT_SEPA = /[^A-Za-z0-9/\-?:().,'+ ]/gu;
const APOSTROPHES = /[’ʼ`´]/g;
const DASHES = /\p{Pd}/gu;
const BLANKS = /\s+/gu;
/** A slash at an end, and two in a row, mean something to banks. */
const SLASHES = /\/{2,}/g;
const SLASH_AT_AN_END = /^\/|\/$/g;
const LETTER = /\p{L}/u;

/**
 * Returns text in the Latin character set that banks of SEPA take (EPC217-08, section 1.4):
 * Cyrillic is romanised, marks are dropped, any other character becomes a full stop.
 */
export function toSepaLatin(text: string): string {
  const spelled = Array.from(text.normalize('NFC'), inLatin).join('');
  return spelled
    .normalize('NFD')
    .replace(MARKS, '')
    .replace(APOSTROPHES, "'")
    .replace(DASHES, '-')
    .replace(BLANKS, ' ')
    .replace(NOT_SEPA, '.')
    .replace(SLASHES, '/')
    .replace(SLASH_AT_AN_END, '')
    .trim();
}

function inLatin(character: string): string {
  const small = character.toLowerCase();
  const latin = IN_LATIN.get(small);
  if (latin === undefined) return character;
  return small === character ? latin : latin.charAt(0).toUpperCase() + latin.slice(1);
}

/** Returns whether a text still has a letter: a name of full stops names nobody. */
export function hasLetter(text: string): boolean {
  return LETTER.test(text);
}

/** Returns the first `max` code points, the unit of ISO 20022's text lengths. */
export function cutTo(text: string, max: number): string {
  return Array.from(text).slice(0, max).join('').trim();
}
