import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parseAllDocuments } from 'yaml';
import { GO_ADVICE, findGo } from '../stack/daprd-build';
import { toolEnvironment } from '../stack/environment';
import { findInPath } from '../stack/find-in-path';
import { ROOT } from '../stack/folders';

const run = promisify(execFile);

/** The version built into kubectl 1.34. */
const VERSION = 'v5.7.1';
const TOOLS = join(ROOT, '.cache', 'tools');
const OUTPUT_LIMIT_BYTES = 64 * 1024 * 1024;

/** The parts that every Kubernetes object has. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  // The spec differs from kind to kind; readers know which kind they read.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  spec?: any;
  data?: Record<string, string>;
}

/** The command line that renders a folder: kubectl, kustomize, or kustomize built with Go. */
async function renderer(): Promise<[program: string, ...args: string[]]> {
  const kubectl = findInPath('kubectl');
  if (kubectl) return [kubectl, 'kustomize'];
  const installed = findInPath('kustomize');
  if (installed) return [installed, 'build'];
  const built = join(TOOLS, 'kustomize');
  if (!existsSync(built)) await buildKustomize();
  return [built, 'build'];
}

async function buildKustomize(): Promise<void> {
  const go = findGo();
  if (!go)
    throw new Error(`Neither kubectl nor kustomize is installed. Install one, or ${GO_ADVICE}`);
  await mkdir(TOOLS, { recursive: true });
  const env = toolEnvironment({ GOBIN: TOOLS, GOFLAGS: '-mod=mod', CGO_ENABLED: '0' });
  const from = `sigs.k8s.io/kustomize/kustomize/v5@${VERSION}`;
  await run(go, ['install', from], { env, cwd: TOOLS });
}

/** Renders what `kubectl apply -k <folder>` would send. Throws with kustomize's error. */
export async function render(folder: string): Promise<Manifest[]> {
  const [program, ...args] = await renderer();
  const { stdout } = await run(program, [...args, folder], { maxBuffer: OUTPUT_LIMIT_BYTES });
  return parseAllDocuments(stdout).map((document) => document.toJS() as Manifest);
}
