import { setTimeout as sleep } from 'node:timers/promises';
import { catalogue } from '../../../services/catalogue';
import { kubectlHere } from '../../../scripts/kubernetes/kubectl';
import { pods, rolledOut, runInside, soon } from '../cluster';
import { lost, type LoadResult } from '../load';
import { loadOfPeople } from '../people';
import type { Report } from '../report';
import { moneyIsInOrder } from './start';

const PER_SECOND = 60;
const ROLLED_OUT_MS = 180_000;
/** Before and after what is tried, so that its beginning and end are under load too. */
const AROUND_MS = 3_000;
const RECOVERY_MS = 60_000;

const SERVICES = catalogue.map(({ name }) => name);

function told(result: LoadResult): string {
  const reasons = Object.entries(result.failed).map(([why, count]) => `${count} × ${why}`);
  const times = `p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms`;
  return `${lost(result)} of ${result.sent} lost, ${times}${reasons.length ? '; ' : ''}${reasons.join('; ')}`;
}

/** Does something while people work. */
async function underLoad(work: () => Promise<void>): Promise<LoadResult> {
  const load = await loadOfPeople(PER_SECOND);
  try {
    await sleep(AROUND_MS);
    await work();
    await sleep(AROUND_MS);
  } finally {
    await load.stop();
  }
  return load.stop();
}

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

async function restart(name: string): Promise<void> {
  await kubectlHere(['rollout', 'restart', `deployment/${name}`]);
  await rolledOut([`deployment/${name}`], ROLLED_OUT_MS);
  await goneBelow(name, 2);
}

/** Waits until pods that are being stopped are gone: their end belongs to what is tried. */
async function goneBelow(name: string, count: number): Promise<void> {
  await soon(`old pods of ${name} to be gone`, RECOVERY_MS, async () => {
    return (await pods(`app.kubernetes.io/name=${name}`)).length <= count;
  });
}

async function deleteOnePod(name: string): Promise<void> {
  const [pod] = await pods(`app.kubernetes.io/name=${name}`);
  await kubectlHere(['delete', 'pod', pod!.metadata.name]);
  await rolledOut([`deployment/${name}`], ROLLED_OUT_MS);
}

/** Scene 5: each service updated, and pods taken away, while people work. */
export async function updates(report: Report): Promise<void> {
  report.begin('5 updates under load');
  await scaleServices(2);
  for (const name of SERVICES) {
    await report.attempt(`rolling update of ${name}`, () => losesNothing(() => restart(name)));
  }
  for (const name of SERVICES) {
    await report.attempt(`a pod of ${name} deleted`, () => losesNothing(() => deleteOnePod(name)));
  }
  await report.attempt('every cent is where it belongs', moneyIsInOrder);
}
