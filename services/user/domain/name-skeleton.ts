import { CONFUSABLES } from './confusables.generated';

const HEX = 16;
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;
/** The two ways to write a small sigma: case folding makes them one. */
const FINAL_SIGMA = /ς/g;

const characterOf = (codePoints: string): string =>
  String.fromCodePoint(...codePoints.split('+').map((hex) => parseInt(hex, HEX)));

function readTable(): ReadonlyMap<string, string> {
  const lines = CONFUSABLES.trim().split('\n');
  return new Map(
    lines.flatMap((line) => {
      const [prototype, ...lookalikes] = line.split(' ').map(characterOf);
      return lookalikes.map((lookalike) => [lookalike, prototype!] as const);
    }),
  );
}

const prototypes = readTable();

/** Upper case first: what has no small letter of its own is folded too, like the German ß. */
function foldCase(text: string): string {
  return text.toUpperCase().toLowerCase().replace(FINAL_SIGMA, 'σ');
}

function skeletonOf(text: string): string {
  const seen = text.normalize('NFD').replace(IGNORABLE, '');
  return Array.from(seen, (character) => prototypes.get(character) ?? character)
    .join('')
    .normalize('NFD');
}

/**
 * What a name looks like: two names that have one of these in common can't be told apart by eye.
 * The skeletons of Unicode Technical Standard 39, section 4, of the name in NFKC: without case,
 * and as it is written, since capitals look alike where small letters don't (К and K). For
 * comparing, not to be shown.
 */
export function skeletonsOf(name: string): string[] {
  const written = name.normalize('NFKC');
  return [...new Set([skeletonOf(foldCase(written)), skeletonOf(written)])];
}
