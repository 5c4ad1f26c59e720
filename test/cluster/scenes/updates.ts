import { catalogue } from '../../../services/catalogue';
import { kubectlHere } from '../../../scripts/kubernetes/kubectl';
import { pods, rolledOut, soon } from '../cluster';
import { lost } from '../load';
import { told, underLoad } from '../people';
import { moneyIsInOrder } from '../money';
import type { Report } from '../report';

const ROLLED_OUT_MS = 180_000;
/** A pod takes a minute to end: k8s/parts/service says why. */
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

/** Waits until pods that are being stopped are gone: their end belongs to what is tried. */
function onlyTheNewOnes(): Promise<void> {
  return soon('old pods to be gone', RECOVERY_MS, async () => {
    const found = await pods('app.kubernetes.io/component=service');
    return found.length === SERVICES.length * REPLICAS;
  });
}

/** One service after another; the old pods of one end while the next one is being updated. */
async function updateAll(): Promise<void> {
  for (const name of SERVICES) {
    await kubectlHere(['rollout', 'restart', `deployment/${name}`]);
    await rolledOut([`deployment/${name}`], ROLLED_OUT_MS);
  }
  await onlyTheNewOnes();
}

async function deleteOneOfEach(): Promise<void> {
  for (const name of SERVICES) {
    const [pod] = await pods(`app.kubernetes.io/name=${name}`);
    await kubectlHere(['delete', 'pod', pod!.metadata.name, '--wait=false']);
    await rolledOut([`deployment/${name}`], ROLLED_OUT_MS);
  }
  await onlyTheNewOnes();
}

/** Scene 5: each service updated, and pods taken away, while people work. */
export async function updates(report: Report): Promise<void> {
  report.begin('5 updates under load');
  await scaleServices(REPLICAS);
  await report.attempt('rolling update of each service', () => losesNothing(updateAll));
  await report.attempt('one pod of each service deleted', () => losesNothing(deleteOneOfEach));
  await report.attempt('every cent is where it belongs', moneyIsInOrder);
}
