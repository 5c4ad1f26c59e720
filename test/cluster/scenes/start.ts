import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kubectl, kubectlHere, NAMESPACE, tryKubectl } from '../../../tools/kubernetes/kubectl';
import { ourEnvironment, toolEnvironment } from '../../../tools/stack/environment';
import { ROOT } from '../../../tools/stack/folders';
import { applyVersion, getInside, pods, rolledOut, workloads } from '../cluster';
import { moneyIsInOrder } from '../money';
import type { Report } from '../report';

const run = promisify(execFile);

const READY_MS = 300_000;
const TOUR_MS = 120_000;
const MAX_RESTARTS = 3;
const PART_OF = 'app.kubernetes.io/part-of=popug';
const SHOWN_CHARACTERS = 600;
/** Label of a namespace that this test created and may delete. */
const OURS = 'popug.example/cluster-test';

/** Deletes the namespace of an earlier run. Throws when it is not this test's. */
async function emptyCluster(): Promise<void> {
  const found = await tryKubectl(['get', 'namespace', NAMESPACE, '-o', 'json']);
  if (found.code !== 0) return;
  const { metadata } = JSON.parse(found.stdout) as { metadata: { labels: Record<string, string> } };
  if (!metadata.labels[OURS]) {
    throw new Error(`The namespace ${NAMESPACE} is in use: this test would delete it`);
  }
  await kubectl(['delete', 'namespace', NAMESPACE, '--wait']);
}

async function npm(...args: string[]): Promise<string> {
  const options = { cwd: ROOT, env: toolEnvironment({}) };
  return (await run('npm', ['run', '--silent', ...args], options)).stdout;
}

/** Waits for every workload and Job; reports the seconds since `startedAt`. */
async function allReady(startedAt: number): Promise<string> {
  await rolledOut(await workloads(), READY_MS);
  const workloadsReady = Math.round((Date.now() - startedAt) / 1_000);
  const timeout = `--timeout=${READY_MS / 1_000}s`;
  await kubectlHere(['wait', 'job', '--all', '--for=condition=complete', timeout]);
  const jobsDone = Math.round((Date.now() - startedAt) / 1_000);
  return `pods ready after ${workloadsReady} s, demo data after ${jobsDone} s`;
}

async function restarts(): Promise<string> {
  const counted = (await pods(PART_OF)).flatMap((pod) =>
    [...(pod.status.containerStatuses ?? []), ...(pod.status.initContainerStatuses ?? [])].map(
      ({ name, restartCount }) => ({ name: `${pod.metadata.name}/${name}`, restartCount }),
    ),
  );
  const most = counted.sort((a, b) => b.restartCount - a.restartCount)[0]!;
  const said = `${counted.length} containers, at most ${most.restartCount}`;
  if (most.restartCount > MAX_RESTARTS) throw new Error(`${most.name}: ${most.restartCount}`);
  return said;
}

/** Serves a page that only pods can reach: reads it by a process inside a pod. */
async function relay(pod: string, container: string, origin: string): Promise<Server> {
  const server = createServer((request, response) => {
    getInside(pod, container, `${origin}${request.url}`).then(
      (text) => response.end(text),
      (error: unknown) => response.writeHead(502).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Runs the README's block marked as the tour, through the ingress. */
async function tour(): Promise<string> {
  const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
  const script = /```sh tour\n(.*?)```/s.exec(readme)![1]!;
  const bank = await relay('deployment/bank', 'bank', 'http://127.0.0.1:3000');
  const mail = await relay('deployment/mail', 'mail', 'http://127.0.0.1:1080');
  try {
    const places = {
      API: `${ourEnvironment.ingressUrl}/api/v1`,
      BANK: urlOf(bank),
      MAIL: urlOf(mail),
    };
    const { stdout } = await run('bash', ['-euo', 'pipefail', '-c', script], {
      env: toolEnvironment(places),
      timeout: TOUR_MS,
    }).catch((error: { stdout: string; stderr: string }) => {
      throw new Error(`${error.stdout.slice(-SHOWN_CHARACTERS)}\n${error.stderr}`);
    });
    const letter = /"subject":"(Paid: [^"]*)"/.exec(stdout)?.[1];
    if (!stdout.includes('"state":"paid"')) throw new Error(`nobody was paid:\n${stdout}`);
    if (letter === undefined) throw new Error(`no letter came:\n${stdout}`);
    return `the letter says "${letter}"`;
  } finally {
    bank.close();
    mail.close();
  }
}

async function restrictedFromTheFirst(): Promise<string> {
  const events = await kubectlHere(['get', 'events', '-o', 'json']);
  const { items } = JSON.parse(events) as { items: { message: string; reason: string }[] };
  const refused = items.filter(({ message }) => message.includes('violates PodSecurity'));
  if (refused.length > 0) throw new Error(refused[0]!.message);
  const pod = ['run', 'unsafe', '--image=popug/operations:none', '--dry-run=server'];
  const answer = await tryKubectl(['--namespace', NAMESPACE, ...pod]);
  if (!answer.stderr.includes('violates PodSecurity "restricted')) {
    throw new Error(`an unsafe pod was not refused: ${answer.stdout}${answer.stderr}`);
  }
  return 'no pod was refused, an unsafe one would be';
}

/** Generation of every object, since kubectl apply says "configured" too often. */
async function generations(): Promise<Map<string, string>> {
  const kinds = [
    ...['deployments', 'statefulsets', 'jobs', 'cronjobs', 'poddisruptionbudgets'],
    ...['networkpolicies', 'ingresses', 'configmaps', 'services', 'components.dapr.io'],
    ...['subscriptions.dapr.io', 'configurations.dapr.io', 'resiliencies.dapr.io'],
  ];
  const list = await kubectlHere(['get', kinds.join(), '-l', PART_OF, '-o', 'json']);
  const { items } = JSON.parse(list) as {
    items: {
      kind: string;
      metadata: { name: string; generation?: number; resourceVersion: string };
    }[];
  };
  return new Map(
    items.map(({ kind, metadata: { name, generation, resourceVersion } }) => [
      `${kind}/${name}`,
      String(generation ?? resourceVersion),
    ]),
  );
}

/** Scenes 1 and 2: one apply into an empty cluster, and then the README's tour. */
export async function start(report: Report, tag: string): Promise<void> {
  report.begin('1 one apply');
  await emptyCluster();
  const startedAt = Date.now();
  await npm('k8s:secrets');
  await kubectl(['label', 'namespace', NAMESPACE, `${OURS}=true`]);
  await applyVersion('local', tag);
  await report.attempt('everything gets ready in one go', () => allReady(startedAt));
  await report.attempt('restarts of a container', restarts);
  await report.attempt('demo logins are printed', async () => {
    const logins = await npm('k8s:logins');
    if (!/accountant +grey +beak-of-grey/.test(logins)) throw new Error(logins);
  });
  await report.attempt('the tour passes through the ingress, the letter arrives', tour);
  await report.attempt('a second apply changes nothing', async () => {
    const before = await generations();
    await applyVersion('local', tag);
    const after = await generations();
    const changed = [...after].filter(([name, generation]) => before.get(name) !== generation);
    if (changed.length > 0) throw new Error(changed.map(([name]) => name).join(', '));
    return `${after.size} objects`;
  });
  await report.attempt('every cent is where it belongs', moneyIsInOrder);
  report.begin('2 Pod Security');
  await report.attempt('restricted from the first apply', restrictedFromTheFirst);
}
