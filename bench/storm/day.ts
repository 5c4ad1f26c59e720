import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiAnswer, Person } from '../../operations/client/api';
import { inFlight } from '../../services/shared/work/in-flight';

const RETRY_MS = 150;
const MAX_TRIES = 400;
const IN_FLIGHT = 16;
const UNAUTHORIZED = 401;

/** True for a transient failure: worth a retry. */
function isPassing({ status }: ApiAnswer): boolean {
  return status >= 500 || status === 429 || status === 408;
}

/**
 * Sends a request until its answer is not a transient failure, repeating it unchanged. Throws after
 * `MAX_TRIES`.
 */
async function persistently(
  person: Person,
  method: string,
  path: string,
  body?: object,
): Promise<ApiAnswer> {
  let cause: unknown;
  for (let attempt = 0; attempt < MAX_TRIES; attempt += 1) {
    try {
      const answer = await person.send(method, path, body);
      if (answer.status === UNAUTHORIZED) await person.logIn();
      else if (!isPassing(answer)) return answer;
    } catch (error) {
      // The gateway was killed, or Auth can't log in anybody now.
      cause = error;
    }
    await sleep(RETRY_MS);
  }
  throw new Error(`${method} ${path} was never answered`, { cause });
}

function expectStatus(answer: ApiAnswer, allowed: readonly number[], what: string): void {
  if (allowed.includes(answer.status)) return;
  throw new Error(`${what}: ${answer.status} ${JSON.stringify(answer.body)}`);
}

/** Runs `work` for every item, `IN_FLIGHT` at a time. */
async function eachOf<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  await inFlight(IN_FLIGHT, () => Promise.resolve(waiting.pop() ?? null), work);
}

/** Creates `count` tasks; their ids come from here, so that a retry creates no second task. */
export async function createTasks(managers: readonly Person[], count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await eachOf(
    ids.map((id, index) => ({ id, index })),
    async ({ id, index }) => {
      const body = { id, title: `[STORM-${index + 1}] Weather it` };
      const manager = managers[index % managers.length]!;
      expectStatus(await persistently(manager, 'POST', '/tasks', body), [201], 'create');
    },
  );
  return ids;
}

/** Deals all unassigned tasks; returns how many. */
export async function deal(manager: Person): Promise<number> {
  const body = { id: randomUUID(), scope: 'unassigned' };
  const answer = await persistently(manager, 'POST', '/distributions', body);
  expectStatus(answer, [201], 'deal');
  return answer.body.taskCount as number;
}

/** Each worker finishes their share of `count` tasks; 409: finished before, the answer was lost. */
export async function finishTasks(workers: readonly Person[], count: number): Promise<void> {
  const share = Math.ceil(count / workers.length);
  const mine = await Promise.all(workers.map((worker) => openTasksOf(worker, share)));
  await eachOf(mine.flat(), async ({ worker, id }) => {
    const answer = await persistently(worker, 'POST', `/tasks/${id}/finish`);
    expectStatus(answer, [200, 409], 'finish');
  });
}

async function openTasksOf(
  worker: Person,
  count: number,
): Promise<{ worker: Person; id: string }[]> {
  const ids: string[] = [];
  for (let cursor = ''; ids.length < count;) {
    const path = `/tasks?view=mine&status=open&limit=100${cursor}`;
    const { body } = await persistently(worker, 'GET', path);
    ids.push(...(body.items as { id: string }[]).map(({ id }) => id));
    if (body.next === null) break;
    cursor = `&cursor=${body.next}`;
  }
  return ids.slice(0, count).map((id) => ({ worker, id }));
}

/** Closes the open business day; returns it. */
export async function closeDay(accountant: Person): Promise<string> {
  const { body } = await persistently(accountant, 'GET', '/business-days');
  const { day } = body.items.find((each: { state: string }) => each.state === 'open');
  const answer = await persistently(accountant, 'POST', `/business-days/${day}/close`);
  expectStatus(answer, [200], 'close');
  return day as string;
}
