import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { personalCache } from './cache';
import { buildDaprd } from './daprd-build';
import { downloadDaprd } from './daprd-download';
import { ourEnvironment } from './environment';
import { findInPath, isExecutable } from './find-in-path';
import { ROOT } from './folders';

const SIDECAR = join(ROOT, 'sidecar');
const HASH_LENGTH = 16;

/** A daprd executable, and where it was found. */
export interface FoundDaprd {
  file: string;
  source: string;
}

/** Cache paths of daprd: in this checkout, and in the user's cache for all checkouts. */
function cacheFiles(key: string): string[] {
  return [join(ROOT, '.cache'), personalCache()].map((folder) =>
    join(folder, 'daprd', key, 'daprd'),
  );
}

/** Cache key: hash of platform, architecture and the sources of `sidecar/`, go.mod included. */
async function sourceKey(): Promise<string> {
  const hash = createHash('sha256').update(`${process.platform}/${process.arch}\n`);
  const entries = await readdir(SIDECAR, { withFileTypes: true, recursive: true });
  const sources = entries
    .filter((entry) => entry.isFile() && /\.(go|mod|sum)$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  for (const file of sources.sort()) {
    hash.update(`${file.slice(SIDECAR.length)}\n`).update(await readFile(file));
  }
  return hash.digest('hex').slice(0, HASH_LENGTH);
}

/** The version of Dapr that `sidecar/` builds, for instance `1.18.3`. */
export async function daprVersion(): Promise<string> {
  const module = await readFile(join(SIDECAR, 'go.mod'), 'utf8');
  const version = /github\.com\/dapr\/dapr v(\S+)/.exec(module)?.[1];
  if (!version) throw new Error('sidecar/go.mod names no version of github.com/dapr/dapr');
  return version;
}

/** Finds an installed daprd: DAPRD (throws when wrong), PATH, Dapr's own folder, the caches. */
export async function findDaprd(): Promise<FoundDaprd | undefined> {
  const given = ourEnvironment.daprd;
  if (given) {
    if (isExecutable(given)) return { file: given, source: 'DAPRD' };
    throw new Error(`DAPRD: ${given} is not a program`);
  }
  const installed = findInPath('daprd');
  if (installed) return { file: installed, source: 'PATH' };
  const official = join(ourEnvironment.home, '.dapr', 'bin', 'daprd');
  if (isExecutable(official)) return { file: official, source: '~/.dapr/bin' };
  const keys = [await sourceKey(), `v${await daprVersion()}`];
  const cached = keys.flatMap(cacheFiles).find(isExecutable);
  return cached ? { file: cached, source: 'the cache' } : undefined;
}

/**
 * Returns a daprd: found, else downloaded (official release), else built from `sidecar/`, which
 * takes minutes the first time. Throws with what to install when all three fail.
 */
export async function obtainDaprd(report: (line: string) => void): Promise<FoundDaprd> {
  const found = await findDaprd();
  if (found) return found;
  const version = await daprVersion();
  const [, downloaded] = cacheFiles(`v${version}`);
  const release = await downloadDaprd(version, downloaded!, report);
  if (release) return { file: release, source: `the official release ${version}` };
  const [, built] = cacheFiles(await sourceKey());
  await buildDaprd(SIDECAR, built!, report);
  if (!existsSync(built!)) throw new Error('go build left no daprd');
  return { file: built!, source: 'a fresh build of sidecar/' };
}
