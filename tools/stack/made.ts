import { existsSync } from 'node:fs';
import { readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ROOT } from './folders';
import { putInPlace } from './put-in-place';

/** Marker file, written last: the folder is complete. */
const STAMP = '.made';

async function newestOf(path: string): Promise<number> {
  const { mtimeMs } = await stat(path);
  if (!(await stat(path)).isDirectory()) return mtimeMs;
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile());
  const times = files.map(async (file) => (await stat(join(file.parentPath, file.name))).mtimeMs);
  return Math.max(0, ...(await Promise.all(times)));
}

/** Whether a folder was made as a whole. */
export function isComplete(folder: string): boolean {
  return existsSync(join(folder, STAMP));
}

/** Removes the marker of a copied folder. */
export async function markIncomplete(folder: string): Promise<void> {
  await rm(join(folder, STAMP), { force: true });
}

async function isNewerThan(folder: string, sources: readonly string[]): Promise<boolean> {
  if (!isComplete(folder)) return false;
  const newest = await Promise.all(sources.map((source) => newestOf(join(ROOT, source))));
  return Math.max(...newest) < (await stat(join(folder, STAMP))).mtimeMs;
}

/**
 * Makes a folder when a source (paths of files and folders, from the root) is newer than it; true
 * when it was made. The new folder replaces the old one as a whole. Throws what `make` throws.
 */
export async function ensureMade(
  folder: string,
  sources: readonly string[],
  make: (draft: string) => Promise<void>,
): Promise<boolean> {
  if (await isNewerThan(folder, sources)) return false;
  const startedAt = new Date();
  await putInPlace(folder, async (draft) => {
    await make(draft);
    const stamp = join(draft, STAMP);
    await writeFile(stamp, '');
    // A source saved meanwhile is newer than the marker.
    await utimes(stamp, startedAt, startedAt);
  });
  return true;
}
