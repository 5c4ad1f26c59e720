import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { toolEnvironment } from '../stack/environment';
import { putInPlace } from '../stack/put-in-place';

const run = promisify(execFile);

const VERSION = /^\d+(\.\d+){0,2}$/;

/** npm package with the Node.js binary for this platform. */
const PACKAGE = `node-${process.platform}-${process.arch}`;

async function install(version: string, draft: string): Promise<void> {
  await mkdir(draft);
  await writeFile(join(draft, 'package.json'), '{}');
  const options = ['--no-audit', '--no-fund', '--loglevel=error'];
  const args = ['install', ...options, `${PACKAGE}@${version}`];
  await run('npm', args, { cwd: draft, env: toolEnvironment({}) });
}

/**
 * Returns the folder with the program `node` of the version (`24`, `22.12`, `20.19.0`), from
 * `cache` or the npm registry, outside our lock file. Throws when the registry does not have the
 * version.
 */
export async function obtainNode(version: string, cache: string): Promise<string> {
  if (!VERSION.test(version)) throw new Error(`${version} is no version such as 24 or 20.19.0`);
  const folder = join(cache, 'node', `${PACKAGE}-${version}`);
  const programs = join(folder, 'node_modules', PACKAGE, 'bin');
  if (!existsSync(join(programs, 'node'))) {
    await putInPlace(folder, (draft) => install(version, draft));
  }
  return programs;
}
