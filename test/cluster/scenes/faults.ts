import { catalogue } from '../../../services/catalogue';
import { kubectlHere } from '../../../tools/kubernetes/kubectl';
import { pods, rolledOut, soon, workloads } from '../cluster';
import { lost, type LoadResult } from '../load';
import { told, underLoad } from '../people';
import { moneyIsInOrder } from '../money';
import type { Report } from '../report';

const RECOVERY_MS = 180_000;
/** Most of the requests that may be lost: a server is down for less than half of the scene. */
const MOST = 0.5;

function daprdRestarts(name: string): Promise<number> {
  return pods(`app.kubernetes.io/name=${name}`).then((found) =>
    found
      .flatMap(({ status }) => status.containerStatuses ?? [])
      .filter((container) => container.name === 'daprd')
      .reduce((sum, { restartCount }) => sum + restartCount, 0),
  );
}

/**
 * Crashes a sidecar. The kernel drops signals to PID 1 from its own namespace unless a handler is
 * installed: Go handles SIGQUIT by dumping its stacks and exiting.
 */
async function crashSidecar(name: string, tag: string): Promise<void> {
  const [pod] = await pods(`app.kubernetes.io/name=${name}`);
  const before = await daprdRestarts(name);
  const how = [
    `--image=popug/operations:${tag}`,
    '--target=daprd',
    '--profile=restricted',
    '--quiet',
  ];
  const script = "process.kill(1, 'SIGQUIT')";
  await kubectlHere(['debug', `pod/${pod!.metadata.name}`, ...how, '--', 'node', '-e', script]);
  await soon(`${name}'s sidecar to be started again`, RECOVERY_MS, async () => {
    return (await daprdRestarts(name)) > before;
  });
  await rolledOut([`deployment/${name}`], RECOVERY_MS);
}

async function deleteServer(name: string): Promise<void> {
  await kubectlHere(['delete', 'pod', `${name}-0`]);
  await rolledOut([`statefulset/${name}`], RECOVERY_MS);
  await rolledOut(await workloads(), RECOVERY_MS);
}

/** While a server is down, 502, 503 and 504 are allowed; timeouts and other answers are not. */
function onlyUnavailable(result: LoadResult): string {
  const others = Object.keys(result.failed).filter((why) => !/: 50[234] /.test(why));
  const isMostlyLost = lost(result) > result.sent * MOST;
  if (others.length > 0 || isMostlyLost) throw new Error(told(result));
  return told(result);
}

/** Scene 5, second half: sidecars crash, broker and database are killed. */
export async function faults(report: Report, tag: string): Promise<void> {
  report.begin('5b faults under load');
  for (const { name } of catalogue) {
    await report.attempt(`the sidecar of one ${name} crashes`, async () => {
      const result = await underLoad(() => crashSidecar(name, tag));
      // Calls of the gateway need its own sidecar; calls to a crashed sidecar are retried.
      if (name !== 'gateway' && lost(result) > 0) throw new Error(told(result));
      return onlyUnavailable(result);
    });
  }
  await report.attempt('Redis is away: requests are answered all the same', async () => {
    const result = await underLoad(() => deleteServer('redis'));
    if (lost(result) > 0) throw new Error(told(result));
    return told(result);
  });
  await report.attempt('every cent is where it belongs', moneyIsInOrder);
  await report.attempt(
    'PostgreSQL is away: the answer is "later", and then all goes on',
    async () => onlyUnavailable(await underLoad(() => deleteServer('postgres'))),
  );
  await report.attempt('every cent is where it belongs', moneyIsInOrder);
}
