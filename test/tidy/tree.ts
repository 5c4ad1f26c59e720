import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The repository. */
export const ROOT = resolve(__dirname, '..', '..');

/** One text file, its path relative to the repository. */
export interface SourceFile {
  path: string;
  text: string;
}

/** All files that are in git, or would be after the next `git add`. */
export type Tree = readonly SourceFile[];

/** One rule of our style: which files break it, and an example that does. */
export interface Rule {
  /** What is true when nobody breaks it. */
  name: string;
  /** A line for each fault, beginning with the path. */
  faults(tree: Tree): string[];
}

const TEXT = /\.(ts|tsx|cjs|mjs|js|json|md|ya?ml|sh|sql|go|mod|toml|css|html|patch)$|(^|\/)[^.]+$/;
/** What no person wrote, and the examples of everything that is forbidden. */
const LEFT_OUT = ['package-lock.json', 'test/tidy/offenders.ts'];
const LIST_LIMIT_BYTES = 16 * 1024 * 1024;

/** The paths of all files; what was deleted but not yet committed is left out. */
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

/** Whether the file is a test. */
export function isTest({ path }: SourceFile): boolean {
  return path.includes('.test.');
}

/** Whether the file is TypeScript that a person wrote. */
export function isCode({ path }: SourceFile): boolean {
  return /\.tsx?$/.test(path) && !isGenerated(path) && !path.endsWith('.d.ts');
}

/** Whether a program wrote the file. */
export function isGenerated(path: string): boolean {
  return /(^|\/)generated\/|\.generated\./.test(path);
}

/** Lines of SQL and of demo data: read as tables, not as code. */
export function isTableOfData({ path }: SourceFile): boolean {
  return /\/migrations\/|^operations\/company\//.test(path);
}

/** The lines of a file as `path:number` with their text. */
export function linesOf({ path, text }: SourceFile): { at: string; line: string }[] {
  return text.split('\n').map((line, index) => ({ at: `${path}:${index + 1}`, line }));
}

/** A rule that no line of the files in question matches. */
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
