import { catalogue } from '../../../services/catalogue';
import { kubectlHere } from '../../../tools/kubernetes/kubectl';
import { pods, rolledOut, soon, workloads } from '../cluster';
import { lost, type LoadResult } from '../load';
import { told, underLoad } from '../people';
import { moneyIsInOrder } from '../money';
import type { Report } from '../report';

const RECOVERY_MS = 180_000;
/** Of the time of such a scene a server is away for less than this part. */
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
 * Ends a sidecar as a crash would. A process is not ended by signals from inside its own
 * namespace unless it handles them: Go answers SIGQUIT by writing its stacks and exiting at once.
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

/** While something is away, answers may say so; nothing may hang or be answered wrongly. */
function onlyUnavailable(result: LoadResult): string {
  const others = Object.keys(result.failed).filter((why) => !/: 50[234] /.test(why));
  const isMostlyLost = lost(result) > result.sent * MOST;
  if (others.length > 0 || isMostlyLost) throw new Error(told(result));
  return told(result);
}

/** Scene 5, second half: sidecars crash, the broker and the database are taken away. */
export async function faults(report: Report, tag: string): Promise<void> {
  report.begin('5b faults under load');
  for (const { name } of catalogue) {
    await report.attempt(`the sidecar of one ${name} crashes`, async () => {
      const result = await underLoad(() => crashSidecar(name, tag));
      // The gateway has no other way to the services; what comes to another one finds its own.
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
