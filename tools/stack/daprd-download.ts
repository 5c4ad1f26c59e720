import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { putInPlace } from './put-in-place';

const run = promisify(execFile);

/** Short, so that a machine without internet fails fast. */
const FIRST_ANSWER_MS = 4_000;
const WHOLE_DOWNLOAD_MS = 120_000;
const EXECUTABLE = 0o755;
const ARCHITECTURES: Record<string, string> = { x64: 'amd64', arm64: 'arm64' };

function releaseUrl(version: string): string | undefined {
  const architecture = ARCHITECTURES[process.arch];
  const isBuiltFor = process.platform === 'linux' || process.platform === 'darwin';
  if (!architecture || !isBuiltFor) return undefined;
  const name = `daprd_${process.platform}_${architecture}.tar.gz`;
  return `https://github.com/dapr/dapr/releases/download/v${version}/${name}`;
}

async function get(url: string, timeoutMs: number): Promise<Buffer> {
  const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) });
  if (!response.ok) throw new Error(`${response.status} from ${url}`);
  return Buffer.from(await response.arrayBuffer());
}

async function unpack(archive: Buffer, draft: string): Promise<void> {
  const folder = dirname(draft);
  await writeFile(join(folder, 'daprd.tar.gz'), archive);
  await run('tar', ['-xzf', 'daprd.tar.gz'], { cwd: folder });
  await chmod(draft, EXECUTABLE);
}

/**
 * Downloads the official daprd release to `target` and returns its path; undefined when the
 * download fails (no internet, unsupported platform). Throws when the SHA-256 checksum is wrong.
 */
export async function downloadDaprd(
  version: string,
  target: string,
  report: (line: string) => void,
): Promise<string | undefined> {
  const url = releaseUrl(version);
  if (!url) return undefined;
  let wanted: string;
  let archive: Buffer;
  try {
    const sums = await get(`${url}.sha256`, FIRST_ANSWER_MS);
    wanted = sums.toString('utf8').trim().split(/\s+/)[0] ?? '';
    report(`downloading daprd ${version}`);
    archive = await get(url, WHOLE_DOWNLOAD_MS);
  } catch {
    report('the official daprd cannot be downloaded here');
    return undefined;
  }
  const actual = createHash('sha256').update(archive).digest('hex');
  if (actual !== wanted) throw new Error(`daprd ${version}: the download's checksum is wrong`);
  await putInPlace(target, (draft) => unpack(archive, draft));
  return target;
}
