import { catalogue } from '../../../services/catalogue';
import { kubectl, kubectlHere, NAMESPACE } from '../../../tools/kubernetes/kubectl';
import { runInside, soon } from '../cluster';
import type { Report } from '../report';

/** How long a change of network policies may take. */
const OPEN_MS = 10_000;

const OPEN_FOR_A_MOMENT = {
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: { name: 'cluster-test', namespace: NAMESPACE },
  spec: {
    podSelector: { matchLabels: { 'app.kubernetes.io/component': 'service' } },
    policyTypes: ['Ingress'],
    ingress: [{ ports: [{ port: 50002 }] }],
  },
};

interface Invocation {
  status: number;
  text: string;
}

/** Invokes a route of another app through the caller's own sidecar, with the caller's token. */
function invoke(caller: string, app: string, method: string, path: string): Promise<Invocation> {
  const url = `http://127.0.0.1:3500/v1.0/invoke/${app}/method${path}`;
  const body = method === 'GET' ? '' : `, body: '{}'`;
  const script = `
    const headers = { 'dapr-api-token': process.env.DAPR_API_TOKEN };
    headers['content-type'] = 'application/json';
    fetch(${JSON.stringify(url)}, { method: ${JSON.stringify(method)}, headers ${body} })
      .then(async (answer) => console.log(JSON.stringify({
        status: answer.status, text: await answer.text() })));`;
  return runInside<Invocation>(`deployment/${caller}`, 'app', script);
}

const FORBIDDEN: readonly (readonly [caller: string, app: string, method: string, path: string])[] =
  [
    ['board', 'payment', 'PUT', '/bank-transfers/1'],
    ['board', 'notify', 'PUT', '/letters/1'],
    ['gateway', 'payment', 'GET', '/bank-transfers/1'],
    ['gateway', 'account', 'POST', '/prices'],
    ['gateway', 'user', 'GET', '/active-employee-ids'],
    ['notify', 'account', 'GET', '/payouts'],
    ['payment', 'board', 'POST', '/task-details'],
    ['board', 'account', 'POST', '/events/tasks'],
    ['account', 'user', 'POST', '/events/accounts'],
    ['user', 'auth', 'POST', '/events/users'],
    ['account', 'account-worker', 'POST', '/jobs/payouts'],
    ['gateway', 'account-worker', 'POST', '/jobs/payouts'],
    ['board', 'account', 'GET', '/status'],
    ['board', 'account', 'POST', '/reconciliations'],
    ['payment', 'board', 'POST', '/assignments/digests'],
    ['gateway', 'board', 'POST', '/published-events/digests'],
    ['account', 'payment', 'GET', '/returned-transfers/0'],
    ['account', 'gateway', 'POST', '/peer-hints'],
  ];
const PERMITTED: typeof FORBIDDEN = [
  ['board', 'user', 'GET', '/active-employee-ids'],
  ['payment', 'auth', 'GET', '/jwks'],
  ['gateway', 'auth', 'GET', '/jwks'],
  ...catalogue
    .filter(({ name }) => name !== 'gateway')
    .map(({ name }) => ['gateway', name, 'GET', '/status'] as const),
];

/** Scene 4: with open network policies, Dapr's access control still denies forbidden calls. */
export async function accessControl(report: Report): Promise<void> {
  report.begin('4 access control');
  await kubectl(['apply', '-f', '-'], JSON.stringify(OPEN_FOR_A_MOMENT));
  try {
    await soon('the network to be open', OPEN_MS, async () => {
      const { status } = await invoke('board', 'payment', 'GET', '/bank-transfers/1');
      return status === 403;
    });
    for (const [caller, app, method, path] of FORBIDDEN) {
      await report.attempt(`${caller} may not ${method} ${path} of ${app}`, async () => {
        const { status, text } = await invoke(caller, app, method, path);
        const isRefused = status === 403 && text.includes('access control policy has denied');
        if (!isRefused) throw new Error(`${status} ${text}`);
      });
    }
    for (const [caller, app, method, path] of PERMITTED) {
      await report.attempt(`${caller} may ${method} ${path} of ${app}`, async () => {
        const { status, text } = await invoke(caller, app, method, path);
        if (status !== 200) throw new Error(`${status} ${text}`);
      });
    }
  } finally {
    await kubectlHere(['delete', 'networkpolicy', 'cluster-test']);
  }
}
