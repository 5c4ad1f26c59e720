import { spawn } from 'node:child_process';
import { toolEnvironment } from './environment';
import { findInPath, isExecutable } from './find-in-path';
import { putInPlace } from './put-in-place';

const PROGRESS_MS = 10_000;
const SHOWN_CHARACTERS = 2_000;
/** Always the same build flags: other flags would miss Go's build cache. */
const FLAGS = ['build', '-trimpath', '-ldflags', '-s -w'];

/** Where Go's installer puts Go; often not in PATH. */
const USUAL_GO = '/usr/local/go/bin/go';

/** The path of the Go compiler, or undefined. */
export function findGo(): string | undefined {
  return findInPath('go') ?? (isExecutable(USUAL_GO) ? USUAL_GO : undefined);
}

/** How to get Go, for messages. */
export const GO_ADVICE = 'install Go 1.26 or newer (https://go.dev/dl), or set DAPRD';

/**
 * Builds daprd from `source` into `target` and reports progress every 10 s. Throws with the end of
 * the compiler's output.
 */
export async function buildDaprd(
  source: string,
  target: string,
  report: (line: string) => void,
): Promise<void> {
  const go = findGo();
  if (!go) throw new Error(`daprd is not installed and cannot be built here: ${GO_ADVICE}`);
  report('building daprd from sidecar/ (minutes the first time, then it is kept)');
  const startedAt = Date.now();
  const seconds = (): number => Math.round((Date.now() - startedAt) / 1_000);
  const ticker = setInterval(() => report(`building daprd: ${seconds()} s`), PROGRESS_MS);
  try {
    await putInPlace(target, (draft) => compile(go, source, draft));
  } finally {
    clearInterval(ticker);
  }
  report(`daprd built in ${seconds()} s`);
}

function compile(go: string, source: string, target: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(go, [...FLAGS, '-o', target, '.'], {
      cwd: source,
      env: toolEnvironment({ CGO_ENABLED: '0' }),
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-SHOWN_CHARACTERS);
    });
    child.once('error', reject);
    child.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`go build failed:\n${said}`));
    });
  });
}
