import { spawn } from 'node:child_process';
import { ourEnvironment } from '../stack/environment';

/** The namespace of everything in `k8s/`. */
export const NAMESPACE = 'popug';

/** How a call of kubectl ended. */
export interface KubectlAnswer {
  code: number;
  stdout: string;
  stderr: string;
}

/**
 * Runs kubectl on the current context and waits for its end; does not throw on a failure. `KUBECTL`
 * may name a replacement, with arguments.
 */
export function tryKubectl(args: readonly string[], input = ''): Promise<KubectlAnswer> {
  const [program, ...first] = ourEnvironment.kubectl.split(' ');
  return new Promise((resolve, reject) => {
    const child = spawn(program!, [...first, ...args], { stdio: 'pipe' });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code: code ?? -1, ...said }));
    child.stdin.on('error', () => undefined); // EPIPE: kubectl ended without reading everything
    child.stdin.end(input);
  });
}

/** Runs kubectl and returns its output. Throws with its error output when it fails. */
export async function kubectl(args: readonly string[], input = ''): Promise<string> {
  const { code, stdout, stderr } = await tryKubectl(args, input);
  if (code !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr || stdout}`);
  return stdout;
}

/** As `kubectl`, in the product's namespace. */
export function kubectlHere(args: readonly string[], input = ''): Promise<string> {
  return kubectl(['--namespace', NAMESPACE, ...args], input);
}
