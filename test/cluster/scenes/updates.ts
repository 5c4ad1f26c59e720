import { catalogue } from '../../../services/catalogue';
import { kubectlHere } from '../../../tools/kubernetes/kubectl';
import { applyVersion, pods, rolledOut, soon } from '../cluster';
import { lost } from '../load';
import { told, underLoad } from '../people';
import { moneyIsInOrder } from '../money';
import type { Report } from '../report';

const ROLLED_OUT_MS = 180_000;
/** A pod takes a minute to end: k8s/parts/service/deployment.yaml. */
const RECOVERY_MS = 180_000;
const REPLICAS = 2;

const SERVICES = catalogue.map(({ name }) => name);

async function losesNothing(work: () => Promise<void>): Promise<string> {
  const result = await underLoad(work);
  if (lost(result) > 0) throw new Error(told(result));
  return told(result);
}

async function scaleServices(replicas: number): Promise<void> {
  const names = SERVICES.map((name) => `deployment/${name}`);
  await kubectlHere(['scale', `--replicas=${replicas}`, ...names]);
  await rolledOut(names, ROLLED_OUT_MS);
}

/** Waits until terminating pods are gone: their shutdown is part of the test. */
function onlyTheNewOnes(replicas: number): Promise<void> {
  return soon('old pods to be gone', RECOVERY_MS, async () => {
    const found = await pods('app.kubernetes.io/component=service');
    return found.length === SERVICES.length * replicas;
  });
}

/** Updates one service after another; old pods of one end while the next is updated. */
async function updateAll(): Promise<void> {
  for (const name of SERVICES) {
    await kubectlHere(['rollout', 'restart', `deployment/${name}`]);
    await rolledOut([`deployment/${name}`], ROLLED_OUT_MS);
  }
  await onlyTheNewOnes(REPLICAS);
}

async function deleteOneOfEach(): Promise<void> {
  for (const name of SERVICES) {
    const [pod] = await pods(`app.kubernetes.io/name=${name}`);
    await kubectlHere(['delete', 'pod', pod!.metadata.name, '--wait=false']);
    await rolledOut([`deployment/${name}`], ROLLED_OUT_MS);
  }
  await onlyTheNewOnes(REPLICAS);
}

/** The version that the product is upgraded to. */
export function nextVersion(tag: string): string {
  return `${tag}-next`;
}

async function upgrade(version: string): Promise<void> {
  await applyVersion('local', version);
  await rolledOut(
    SERVICES.map((name) => `deployment/${name}`),
    ROLLED_OUT_MS,
  );
  const migrations = ['job', '-l', 'app.kubernetes.io/component=migrations'];
  const timeout = `--timeout=${ROLLED_OUT_MS / 1_000}s`;
  await kubectlHere(['wait', ...migrations, '--for=condition=complete', timeout]);
  await onlyTheNewOnes(1);
}

/** Scene 5, first half: services are updated and pods deleted under load. */
export async function updates(report: Report, tag: string): Promise<void> {
  report.begin('5a updates under load');
  await report.attempt('apply of a newer version, everything at once', () =>
    losesNothing(() => upgrade(nextVersion(tag))),
  );
  await scaleServices(REPLICAS);
  await report.attempt('rolling update of each service', () => losesNothing(updateAll));
  await report.attempt('one pod of each service deleted', () => losesNothing(deleteOneOfEach));
  await report.attempt('every cent is where it belongs', moneyIsInOrder);
}
