import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const ROOT = resolve(__dirname, '..', '..');

/** A text file; its path is relative to the repository. */
export interface SourceFile {
  path: string;
  text: string;
}

/** All files that are in git, or would be after the next `git add`. */
export type Tree = readonly SourceFile[];

/** A rule of style. */
export interface Rule {
  /** What holds when no file breaks the rule. */
  name: string;
  /** One line per fault, beginning with the path. */
  faults(tree: Tree): string[];
}

const TEXT = /\.(ts|tsx|cjs|mjs|js|json|md|ya?ml|sh|sql|go|mod|toml|css|html|patch)$|(^|\/)[^.]+$/;
/** Generated files, and examples of everything that is forbidden. */
const LEFT_OUT = ['package-lock.json', 'test/tidy/offenders.ts', 'test/tidy/lint-offenders.ts'];
const LIST_LIMIT_BYTES = 16 * 1024 * 1024;

/** Returns the paths of all files, except deleted ones. */
export function listFiles(): string[] {
  const options = { cwd: ROOT, encoding: 'utf8', maxBuffer: LIST_LIMIT_BYTES } as const;
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], options);
  return listed
    .split('\0')
    .filter((path) => existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile());
}

/** Reads every text file. */
export function readTree(): Tree {
  return listFiles()
    .filter((path) => TEXT.test(path) && !LEFT_OUT.includes(path))
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }));
}

export function isTest({ path }: SourceFile): boolean {
  return path.includes('.test.');
}

/** Returns true for TypeScript written by a person. */
export function isCode({ path }: SourceFile): boolean {
  return /\.tsx?$/.test(path) && !isGenerated(path) && !path.endsWith('.d.ts');
}

export function isGenerated(path: string): boolean {
  return /(^|\/)generated\/|\.generated\.|^web\/src\/api\/schema\.d\.ts$/.test(path);
}

const TABLE_OF_DATA =
  /\/migrations\/|^operations\/company\/|^test\/databases\/.*\.sql$|^web\/src\/i18n\/(en|ru)\//;

/** Returns true for SQL, databases of earlier releases, demo data and texts: tables, not code. */
export function isTableOfData({ path }: SourceFile): boolean {
  return TABLE_OF_DATA.test(path);
}

/** Returns the lines of a file, with `path:number`. */
export function linesOf({ path, text }: SourceFile): { at: string; line: string }[] {
  return text.split('\n').map((line, index) => ({ at: `${path}:${index + 1}`, line }));
}

/** Returns a rule that is broken by each line that matches a pattern. */
export function noLine(
  name: string,
  pattern: RegExp,
  isConcerned: (file: SourceFile) => boolean,
): Rule {
  return {
    name,
    faults: (tree) =>
      tree
        .filter(isConcerned)
        .flatMap(linesOf)
        .filter(({ line }) => pattern.test(line))
        .map(({ at, line }) => `${at} ${line.trim()}`),
  };
}
