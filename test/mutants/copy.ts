import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { ROOT, listFiles } from '../tidy/tree';

const run = promisify(execFile);
const CACHE = join(ROOT, '.cache');

/** Applies a patch to a folder of the repository; `--reverse` undoes it. */
async function apply(folder: string, patch: string, ...options: string[]): Promise<void> {
  // Without `--directory`, git resolves paths against the surrounding repository.
  const prefix = `--directory=${relative(ROOT, folder)}`;
  await run('git', ['apply', ...options, prefix, patch], { cwd: ROOT });
}

/** A copy of all files that are in git, or would be after the next `git add`. */
export class ThrowawayCopy {
  private constructor(readonly folder: string) {}

  /** Makes a copy, runs `work` with it, and always removes it. */
  static async with<T>(work: (copy: ThrowawayCopy) => Promise<T>): Promise<T> {
    await mkdir(CACHE, { recursive: true });
    const folder = await mkdtemp(join(CACHE, 'mutants-'));
    try {
      for (const path of listFiles()) {
        await mkdir(dirname(join(folder, path)), { recursive: true });
        await copyFile(join(ROOT, path), join(folder, path));
      }
      await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
      return await work(new ThrowawayCopy(folder));
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** Runs `work` with the patch applied. Throws when the patch does not apply. */
  async patched<T>(patch: string, work: () => Promise<T>): Promise<T> {
    await apply(this.folder, patch);
    try {
      return await work();
    } finally {
      await apply(this.folder, patch, '--reverse');
    }
  }
}

/** Throws with git's message when the patch does not apply to the repository. */
export async function checkThatItApplies(patch: string): Promise<void> {
  await run('git', ['apply', '--check', patch], { cwd: ROOT });
}
