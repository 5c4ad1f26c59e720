import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';

const PATCH = '.patch';
const HEADER =
  /^Mistake: (?<mistake>.+)\nKilled by: (?<testFile>\S+)\nTest: (?<words>.+)\n\ndiff --git /;

/** A deliberate mistake, kept as a patch, and the test that must fail because of it. */
export interface Mutant {
  name: string;
  /** The patch, for `git apply`. */
  file: string;
  /** The mistake, in one sentence. */
  mistake: string;
  /** The test's file, relative to the repository. */
  testFile: string;
  /** Words of the test's name. */
  words: string;
  /** The files that the patch changes, relative to the repository. */
  changes: string[];
}

function readMutant(file: string): Mutant {
  const text = readFileSync(file, 'utf8');
  const { mistake, testFile, words } = HEADER.exec(text)?.groups ?? {};
  if (!mistake || !testFile || !words) {
    throw new Error(`${file} does not begin with Mistake, Killed by, Test, an empty line, a diff`);
  }
  const changes = [...text.matchAll(/^diff --git a\/(\S+) /gm)].map(([, path]) => path!);
  return { name: basename(file, PATCH), file, mistake, testFile, words, changes };
}

/** All mutants by name. Throws with the path of a patch that cannot be read. */
export function allMutants(): Mutant[] {
  const files = readdirSync(__dirname).filter((name) => name.endsWith(PATCH));
  return files.sort().map((name) => readMutant(join(__dirname, name)));
}

/** A pattern for the test's full name: the words in order, with anything between them. */
export function namePattern(words: string): string {
  const escaped = words.split(/\s+/).map((word) => word.replace(/[^\p{L}\p{N}\s]/gu, '\\$&'));
  return escaped.join('.*');
}
