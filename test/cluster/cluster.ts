import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../../tools/stack/folders';
import { kubectl, kubectlHere } from '../../tools/kubernetes/kubectl';

const POLL_MS = 500;

interface ContainerStatus {
  name: string;
  restartCount: number;
  ready: boolean;
  imageID: string;
}

/** The parts of a pod that the scenes read. */
export interface Pod {
  metadata: { name: string; labels: Record<string, string>; deletionTimestamp?: string };
  spec: { containers: { name: string }[] };
  status: {
    phase: string;
    podIP?: string;
    containerStatuses?: ContainerStatus[];
    initContainerStatuses?: ContainerStatus[];
  };
}

/** The pods that match a label selector. */
export async function pods(selector: string): Promise<Pod[]> {
  const list = await kubectlHere(['get', 'pods', '-l', selector, '-o', 'json']);
  return (JSON.parse(list) as { items: Pod[] }).items;
}

/** Polls until `ask` returns true; errors count as false. Throws after `timeoutMs`. */
export async function soon(
  what: string,
  timeoutMs: number,
  ask: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if (await ask().catch(() => false)) return;
    if (Date.now() > deadline) throw new Error(`waited ${timeoutMs / 1_000} s for ${what}`);
    await sleep(POLL_MS);
  }
}

/** Waits until every Deployment and StatefulSet is rolled out: all pods new and ready. */
export async function rolledOut(names: readonly string[], timeoutMs: number): Promise<void> {
  const timeout = `--timeout=${timeoutMs / 1_000}s`;
  for (const name of names) await kubectlHere(['rollout', 'status', name, timeout]);
}

/** All Deployments and StatefulSets of the namespace, as `kind/name`. */
export async function workloads(): Promise<string[]> {
  const list = await kubectlHere(['get', 'deployments,statefulsets', '-o', 'name']);
  return list.trim().split('\n');
}

/** Runs a JavaScript program in a container and parses its output as JSON. */
export async function runInside<T>(pod: string, container: string, script: string): Promise<T> {
  const said = await kubectlHere(['exec', pod, '-c', container, '--', 'node', '-e', script]);
  return JSON.parse(said) as T;
}

/** Sends a GET from inside a container, and returns the body. */
export function getInside(pod: string, container: string, url: string): Promise<string> {
  const script = `fetch(${JSON.stringify(url)}).then(async (answer) =>
    console.log(JSON.stringify(await answer.text())))`;
  return runInside<string>(pod, container, script);
}

/** Applies an overlay at another version; returns kubectl's line for each object. */
export async function applyVersion(overlay: string, version: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'popug-k8s-'));
  try {
    for (const part of ['k8s', 'components']) {
      await cp(join(ROOT, part), join(folder, part), { recursive: true });
    }
    const path = join(folder, 'k8s', 'overlays', overlay);
    await writeFile(join(path, 'release.env'), `version=${version}\n`);
    return (await kubectl(['apply', '-k', path])).trim().split('\n');
  } finally {
    await rm(folder, { recursive: true });
  }
}
