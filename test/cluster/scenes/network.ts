import { kubectl, kubectlHere, NAMESPACE } from '../../../tools/kubernetes/kubectl';
import { catalogue, hasEvents, type Service } from '../../../services/catalogue';
import { operationsByCaller } from '../../../tools/generate/access-lists';
import { allRoutes, type ServiceRoute } from '../../../tools/generate/programs';
import { pods } from '../cluster';
import type { Report } from '../report';

/** A namespace without policies: a refused connection there is refused by our policies. */
const ELSEWHERE = 'popug-elsewhere';
const POD_READY_MS = 60_000;
const PROBE_MS = 2_000;

type Target = readonly [name: string, host: string, port: number];

const STRANGER = 'stranger';
/** Ports of PostgreSQL, Redis, bank and mail, on a pod that is none of these servers. */
const SERVER_PORTS = [5432, 6379, 3000, 1025];
const LISTEN = `
  const { createServer } = require('node:net');
  for (const port of ${JSON.stringify(SERVER_PORTS)}) createServer().listen(port);`;

/** An idle pod, allowed by Pod Security `restricted`, that listens on SERVER_PORTS. */
function idlePod(namespace: string, tag: string): object {
  const locked = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: STRANGER, namespace },
    spec: {
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: 0,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: 1000,
        seccompProfile: { type: 'RuntimeDefault' },
      },
      containers: [
        {
          name: 'app',
          image: `popug/operations:${tag}`,
          args: ['-e', LISTEN],
          readinessProbe: { tcpSocket: { port: SERVER_PORTS.at(-1) } },
          securityContext: locked,
        },
      ],
    },
  };
}

/** Connects from a container to each target; returns the names of those that accept. */
async function reachable(
  namespace: string,
  pod: string,
  container: string,
  targets: readonly Target[],
): Promise<Set<string>> {
  const script = `
    const { connect } = require('node:net');
    const tried = ${JSON.stringify(targets)}.map(([name, host, port]) => new Promise((done) => {
      const socket = connect({ host, port, timeout: ${PROBE_MS} });
      const end = (answer) => () => (socket.destroy(), done(answer && name));
      socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
    }));
    Promise.all(tried).then((names) => console.log(JSON.stringify(names.filter(Boolean))));`;
  const place = ['--namespace', namespace, 'exec', pod, '-c', container];
  const said = await kubectl([...place, '--', 'node', '-e', script]);
  return new Set(JSON.parse(said) as string[]);
}

async function addressOf(name: string): Promise<string> {
  const found = await pods(`app.kubernetes.io/name=${name}`);
  const running = found.find(({ status, metadata }) => {
    return status.phase === 'Running' && metadata.deletionTimestamp === undefined;
  });
  if (!running?.status.podIP) throw new Error(`no running pod of ${name}`);
  return running.status.podIP;
}

const SERVICES = catalogue.map(({ name }) => name);
const SERVICE_PORTS = { app: 3000, metrics: 3001, daprd: 3500, invocation: 50002 };

/** External servers that only these services may reach. */
const OUTSIDE: Readonly<Record<string, readonly string[]>> = {
  payment: ['bank'],
  notify: ['mail'],
};

/** Whom a service may reach, of everything below. Names are answered by DNS for all. */
function allowed(service: Service, routes: readonly ServiceRoute[]): string[] {
  const called = SERVICES.filter((name) => operationsByCaller(name, routes).has(service.name));
  return [
    ...(service.database !== null || service.keepsState ? ['postgres'] : []),
    ...(hasEvents(service) ? ['redis'] : []),
    ...(OUTSIDE[service.name] ?? []),
    ...called.map((name) => `${name} invocation`),
  ];
}

async function allTargets(elsewhere: string): Promise<Target[]> {
  const targets: Target[] = [
    ['postgres', 'postgres', 5432],
    ['redis', 'redis', 6379],
    ['bank', 'bank', 80],
    ['mail', 'mail', 25],
    ['mail page', 'mail', 80],
    ['Kubernetes', 'kubernetes.default.svc', 443],
    // Only for the ingress controller, because the client chooses X-Forwarded-For.
    ['gateway', 'gateway', 80],
    // A policy must name a server, not just a port.
    ...SERVER_PORTS.map((port): Target => [`port ${port} elsewhere`, elsewhere, port]),
  ];
  for (const name of SERVICES) {
    const host = await addressOf(name);
    for (const [use, port] of Object.entries(SERVICE_PORTS)) {
      targets.push([`${name} ${use}`, host, port]);
    }
  }
  return targets;
}

function differences(found: ReadonlySet<string>, allowed: readonly string[]): string[] {
  return [
    ...allowed.filter((name) => !found.has(name)).map((name) => `${name} can't be reached`),
    ...[...found].filter((name) => !allowed.includes(name)).map((name) => `${name} is open`),
  ];
}

/** Creates a stranger pod outside and one inside the namespace; returns the former's address. */
async function invite(tag: string): Promise<string> {
  const restricted = { 'pod-security.kubernetes.io/enforce': 'restricted' };
  const namespace = {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name: ELSEWHERE, labels: restricted },
  };
  const made = [namespace, ...[ELSEWHERE, NAMESPACE].map((place) => idlePod(place, tag))];
  await kubectl(
    ['apply', '-f', '-'],
    JSON.stringify({ apiVersion: 'v1', kind: 'List', items: made }),
  );
  for (const place of [ELSEWHERE, NAMESPACE]) {
    const timeout = `--timeout=${POD_READY_MS / 1_000}s`;
    await kubectl(['-n', place, 'wait', `pod/${STRANGER}`, '--for=condition=Ready', timeout]);
  }
  const address = ['get', 'pod', STRANGER, '-o', 'jsonpath={.status.podIP}'];
  return (await kubectl(['-n', ELSEWHERE, ...address])).trim();
}

async function dismiss(): Promise<void> {
  await kubectlHere(['delete', 'pod', STRANGER, '--ignore-not-found', '--now']);
  await kubectl(['delete', 'namespace', ELSEWHERE, '--ignore-not-found', '--wait=false']);
}

async function strangers(report: Report, targets: readonly Target[]): Promise<void> {
  for (const place of [ELSEWHERE, NAMESPACE]) {
    const isOutside = place === ELSEWHERE;
    // Only our own servers must be closed to strangers. From outside, names of our services need
    // the namespace.
    const asked = targets
      .filter(([name]) => !isOutside || (name !== 'Kubernetes' && !name.endsWith(' elsewhere')))
      .map(([name, host, port]): Target => {
        const isName = isOutside && /^[a-z]+$/.test(host);
        return [name, isName ? `${host}.${NAMESPACE}` : host, port];
      });
    await report.attempt(
      `a stranger ${isOutside ? 'outside' : 'inside'} reaches nothing`,
      async () => {
        const found = await reachable(place, STRANGER, 'app', asked);
        if (found.size > 0) throw new Error([...found].join(', '));
        return `${asked.length} ports tried`;
      },
    );
  }
}

async function services(report: Report, targets: readonly Target[]): Promise<void> {
  const routes = allRoutes();
  for (const service of catalogue) {
    await report.attempt(`${service.name} reaches its neighbours and nothing else`, async () => {
      // Loopback is no network: what listens in the pod itself is left out.
      const others = targets.filter(([name]) => name.split(' ')[0] !== service.name);
      const found = await reachable(NAMESPACE, `deployment/${service.name}`, 'app', others);
      const wanted = allowed(service, routes);
      const wrong = differences(found, wanted);
      if (wrong.length > 0) throw new Error(wrong.join(', '));
      return `${wanted.length} of ${others.length} ports open`;
    });
  }
}

/**
 * Scene 3: traffic that the architecture describes passes, all other traffic is refused. Scene 1
 * covers the way through the ingress controller.
 */
export async function network(report: Report, tag: string): Promise<void> {
  report.begin('3 network policies');
  try {
    const elsewhere = await invite(tag);
    const targets = await allTargets(elsewhere);
    await report.attempt('servers that are not ours listen', async () => {
      const own = targets.filter(([, host]) => host === elsewhere);
      const found = await reachable(ELSEWHERE, STRANGER, 'app', own);
      if (found.size < own.length) throw new Error(`only ${[...found].join(', ')}`);
      return `${own.length} ports`;
    });
    await services(report, targets);
    await strangers(report, targets);
  } finally {
    await dismiss();
  }
}
