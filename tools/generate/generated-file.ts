import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');

/** Committed file that a program writes. */
export interface GeneratedFile {
  /** Path relative to the root of the repository. */
  path: string;
  text: string;
}

/** Returns a JSON document in its committed form. */
export function jsonFile(path: string, value: unknown): GeneratedFile {
  return { path, text: `${JSON.stringify(value, null, 2)}\n` };
}

/** Returns the committed text of the path, or null. */
export function committedText(path: string): string | null {
  try {
    return readFileSync(join(ROOT, path), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** Writes the files that differ, and prints their paths. */
export function writeGenerated(files: readonly GeneratedFile[]): void {
  for (const { path, text } of files) {
    if (committedText(path) === text) continue;
    mkdirSync(dirname(join(ROOT, path)), { recursive: true });
    writeFileSync(join(ROOT, path), text);
    console.log(`wrote ${path}`);
  }
}
