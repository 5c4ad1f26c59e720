import type { Person } from '../../../operations/client/api';
import { kubectlHere } from '../../../tools/kubernetes/kubectl';
import { pods, rolledOut, soon } from '../cluster';
import { moneyIsInOrder } from '../money';
import { logInEverybody } from '../people';
import type { Report } from '../report';

const TASKS = 12;
const STOPPED_MS = 120_000;
const PUBLISHED_MS = 30_000;
const ROLLED_OUT_MS = 120_000;
/** Ten quiet seconds, the next round, the delivery; nobody helps. */
const RECOVERED_MS = 60_000;
const CONSUMER = 'account';
const ITS_PODS = `app.kubernetes.io/name=${CONSUMER}`;

interface Reconciled {
  name: string;
  missing: number;
  error: string | null;
}
interface Status {
  service: string;
  reachable: boolean;
  outbox?: { pending: number } | null;
  reconciliations?: Reconciled[];
}

async function statusOf(operator: Person): Promise<Status[]> {
  return (await operator.get('/operations/status')).body.services as Status[];
}

/**
 * Stops all pods of the consumer. A terminating pod works on for a minute, to lose no call: a
 * shorter grace period ends it at once, after the ReplicaSet has stopped replacing it.
 */
async function stopConsumer(): Promise<void> {
  await kubectlHere(['scale', `deployment/${CONSUMER}`, '--replicas=0']);
  await soon(`pods of ${CONSUMER} to be told to end`, STOPPED_MS, async () => {
    const found = await pods(ITS_PODS);
    return found.every(({ metadata }) => metadata.deletionTimestamp !== undefined);
  });
  await kubectlHere(['delete', 'pod', '-l', ITS_PODS, '--grace-period=1', '--wait=false']);
  await soon(`pods of ${CONSUMER} to be gone`, STOPPED_MS, async () => {
    return (await pods(ITS_PODS)).length === 0;
  });
}

async function createTasks(creator: Person): Promise<string[]> {
  const ids: string[] = [];
  for (let index = 0; index < TASKS; index += 1) {
    const { body } = await creator.post('/tasks', { title: `[LOST-${index}] Survive` });
    ids.push(body.id as string);
  }
  return ids;
}

/** Waits until Board has handed all of its events to the broker. */
function allPublished(operator: Person): Promise<void> {
  return soon('everything to be published', PUBLISHED_MS, async () => {
    const board = (await statusOf(operator)).find(({ service }) => service === 'board');
    return board?.outbox?.pending === 0;
  });
}

async function emptyBroker(): Promise<void> {
  const said = await kubectlHere(['exec', 'redis-0', '-c', 'redis', '--', 'redis-cli', 'flushall']);
  if (said.trim() !== 'OK') throw new Error(`Redis was not emptied: ${said}`);
}

/** Returns the tasks of these without a fee in the ledger. */
async function withoutFee(accountant: Person, tasks: readonly string[]): Promise<string[]> {
  const missing = new Set(tasks);
  for (let cursor = ''; missing.size > 0;) {
    const path = `/accounts/company/entries?kind=fee&limit=100${cursor}`;
    const { body } = await accountant.get(path);
    for (const { taskId } of body.items as { taskId: string }[]) missing.delete(taskId);
    if (body.next === null) break;
    cursor = `&cursor=${encodeURIComponent(body.next as string)}`;
  }
  return [...missing];
}

/** Deals tasks while their consumer is stopped, and empties the broker; starts the consumer. */
async function loseEvents(operator: Person, manager: Person): Promise<string[]> {
  const tasks = await createTasks(manager);
  try {
    await stopConsumer();
    await manager.post('/distributions', { scope: 'unassigned' });
    await allPublished(operator);
    await emptyBroker();
  } finally {
    await kubectlHere(['scale', `deployment/${CONSUMER}`, '--replicas=1']);
    await rolledOut([`deployment/${CONSUMER}`], ROLLED_OUT_MS);
  }
  return tasks;
}

async function nothingIsMissing(operator: Person): Promise<string> {
  let found: string[] = [];
  await soon('the status to say that nothing is missing', RECOVERED_MS, async () => {
    const services = await statusOf(operator);
    const results = services.flatMap(({ reconciliations = [] }) => reconciliations);
    found = results.map(({ name }) => name);
    const isRight = results.every(({ missing, error }) => missing === 0 && error === null);
    return isRight && found.includes('events') && services.every(({ reachable }) => reachable);
  });
  return `${found.length} comparisons`;
}

/** Scene 11: events that the broker lost while their consumer was away arrive all the same. */
export async function reconciliation(report: Report): Promise<void> {
  report.begin('11 reconciliation');
  const company = await logInEverybody();
  const [operator, manager] = [company.get('admin')!, company.get('macaw')!];
  await report.attempt('fees of events that the broker lost are booked in a minute', async () => {
    const tasks = await loseEvents(operator, manager);
    const startedAt = Date.now();
    await soon('all fees', RECOVERED_MS, async () => {
      return (await withoutFee(company.get('grey')!, tasks)).length === 0;
    });
    return `${tasks.length} fees, after ${Math.round((Date.now() - startedAt) / 1_000)} s`;
  });
  await report.attempt('the status says that nothing is missing', () => nothingIsMissing(operator));
  await report.attempt('every cent is where it belongs', moneyIsInOrder);
}
