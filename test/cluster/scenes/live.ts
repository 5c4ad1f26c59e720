import type { Person } from '../../../operations/client/api';
import { listenLive, type LiveClient } from '../../../services/gateway/testing/live-client';
import { kubectlHere } from '../../../tools/kubernetes/kubectl';
import { ourEnvironment } from '../../../tools/stack/environment';
import { getInside, pods, rolledOut, soon, type Pod } from '../cluster';
import { logInEverybody } from '../people';
import type { Report } from '../report';

const REPLICAS = 2;
const ROLLED_OUT_MS = 120_000;
/** The gateway's limit for one person and replica; the ingress takes turns long before. */
const MAX_STREAMS = 8;
/** More than the time in which names of new pods reach the other replica's cache. */
const TOLD_MS = 60_000;
/** One every 15 s, so five are more than 70 s without a hint. */
const HEARTBEATS = 5;
const SILENCE_MS = 90_000;
const NO_CONTENT = 204;
const OPEN_STREAMS = /^live_streams(?:\{[^}]*\})? (\d+)$/m;

/** Opens a stream through the ingress. Throws with the status of a refusal. */
function listen({ token }: Person): Promise<LiveClient> {
  return listenLive(ourEnvironment.ingressUrl, { authorization: `Bearer ${token}` });
}

async function streamsAt({ metadata }: Pod): Promise<number> {
  const text = await getInside(metadata.name, 'app', 'http://127.0.0.1:3001/metrics');
  return Number(OPEN_STREAMS.exec(text)![1]);
}

/** Runs two replicas, and waits until pods of an earlier scene have ended with their streams. */
async function runReplicas(): Promise<void> {
  await kubectlHere(['scale', 'deployment/gateway', `--replicas=${REPLICAS}`]);
  await rolledOut(['deployment/gateway'], ROLLED_OUT_MS);
  await soon('ending replicas to be gone', ROLLED_OUT_MS, async () => {
    return (await pods('app.kubernetes.io/name=gateway')).length === REPLICAS;
  });
}

/** Opens streams until every replica of the gateway has one. */
async function openOnEach(watcher: Person, clients: LiveClient[]): Promise<void> {
  await soon('a stream at each replica', ROLLED_OUT_MS, async () => {
    if (clients.length < MAX_STREAMS) clients.push(await listen(watcher));
    const replicas = await pods('app.kubernetes.io/name=gateway');
    const open = await Promise.all(replicas.map(streamsAt));
    return open.every((count) => count > 0);
  });
}

function knows(client: LiveClient, taskId: string): boolean {
  return (client.hints() as { ids?: string[] }[]).some(({ ids }) => ids?.includes(taskId));
}

/** Creates tasks until every client was told of the same one. */
async function tellAll(creator: Person, clients: readonly LiveClient[]): Promise<void> {
  const ids: string[] = [];
  await soon('one event at every stream', TOLD_MS, async () => {
    const { body } = await creator.post('/tasks', { title: '[LIVE-1] Tell everybody' });
    ids.push(body.id as string);
    return ids.some((id) => clients.every((client) => knows(client, id)));
  });
}

async function endSession(person: Person): Promise<void> {
  const { body } = await person.get('/sessions?limit=100');
  const { id } = (body.items as { id: string; current: boolean }[]).find(({ current }) => current)!;
  const { status } = await person.send('DELETE', `/sessions/${id}`);
  if (status !== NO_CONTENT) throw new Error(`the session could not be ended: ${status}`);
}

/** Waits until all streams have ended; with the ended session no other one begins. */
async function allEnded(person: Person, clients: readonly LiveClient[]): Promise<void> {
  await soon('all streams to end', TOLD_MS, async () => {
    await Promise.all(clients.map((client) => client.ended()));
    return true;
  });
  const refusal = await listen(person).then(
    (client) => (client.close(), 'a stream'),
    (error: Error) => error.message,
  );
  if (!refusal.startsWith('401')) throw new Error(`the ended session got ${refusal}`);
}

/** Scene 10, first part: no proxy on the way closes a stream on which nothing happens. */
export async function silentStream(report: Report): Promise<void> {
  report.begin('10a a silent stream');
  await report.attempt('a stream stays open without hints', async () => {
    const company = await logInEverybody();
    const client = await listen(company.get('admin')!);
    try {
      const startedAt = Date.now();
      await soon(`${HEARTBEATS} heartbeats`, SILENCE_MS, () =>
        Promise.resolve(client.heartbeats() >= HEARTBEATS),
      );
      await tellAll(company.get('macaw')!, [client]);
      return `${Math.round((Date.now() - startedAt) / 1_000)} s, and it is still told`;
    } finally {
      client.close();
    }
  });
}

/**
 * Scene 10, second part: the broker delivers an event to one replica of the gateway, and the
 * streams of the others are told too.
 */
export async function liveHints(report: Report): Promise<void> {
  report.begin('10b live hints of two replicas');
  const clients: LiveClient[] = [];
  try {
    const company = await logInEverybody();
    const [watcher, creator] = [company.get('admin')!, company.get('macaw')!];
    await runReplicas();
    await report.attempt('an event reaches streams on each replica', async () => {
      await openOnEach(watcher, clients);
      await tellAll(creator, clients);
      return `${clients.length} streams`;
    });
    await report.attempt('an ended session ends its streams on each replica', async () => {
      await endSession(watcher);
      await allEnded(watcher, clients);
    });
  } finally {
    for (const client of clients) client.close();
    await kubectlHere(['scale', 'deployment/gateway', '--replicas=1']);
  }
}
