import { CONFUSABLES } from './confusables.generated';

const HEX = 16;
const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;
/** Final sigma: `toLowerCase` leaves two small sigmas, case folding has one. */
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

/** Folds case. Upper case first, so that expansions are folded too: ß becomes ss. */
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
 * Returns the skeletons of a name (Unicode Technical Standard 39, section 4): two names with a
 * common skeleton can't be told apart by eye. Two skeletons of the name in NFKC: case-folded, and
 * as written, since capitals can look alike where small letters don't (К and K). For comparison
 * only, not for display.
 */
export function skeletonsOf(name: string): string[] {
  const written = name.normalize('NFKC');
  return [...new Set([skeletonOf(foldCase(written)), skeletonOf(written)])];
}
