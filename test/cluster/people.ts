import { setTimeout as sleep } from 'node:timers/promises';
import { Api, Person } from '../../operations/client/api';
import { demoPeople } from '../../operations/company/people';
import { ourEnvironment } from '../../tools/stack/environment';
import { Load, lost, type LoadRequest, type LoadResult } from './load';

const PER_SECOND = 40;
/** Load before and after the work, so that its beginning and end are under load too. */
const AROUND_MS = 3_000;
/** Access tokens live five minutes. */
const LOG_IN_AGAIN_MS = 180_000;

/** The people of the demo company by nickname, logged in. */
export async function logInEverybody(): Promise<Map<string, Person>> {
  const api = new Api(ourEnvironment.ingressUrl);
  const people = demoPeople('en').map(
    ({ id, nickname, email, beakShape, bankAccount }) =>
      new Person(api, id, nickname, email, beakShape, bankAccount),
  );
  for (const person of people) await person.logIn();
  return new Map(people.map((person) => [person.nickname, person]));
}

/** Requests repeat in cycles of twenty; two of them create a task and so move money. */
const KINDS = 20;

/** The request number `index`; tasks are created, and dealt at once, by the `dealers` in turn. */
function requestOf(index: number, { token, id }: Person, dealers: readonly Person[]): LoadRequest {
  const kind = index % KINDS;
  if (kind === 0 || kind === 10) {
    const body = { title: `[LOAD-${index}] Task ${index}`, deal: true };
    const dealer = dealers[(index / 10) % dealers.length]!;
    return { method: 'POST', path: '/tasks', token: dealer.token, body };
  }
  if (kind === 5) return { method: 'GET', path: '/sessions', token };
  if (kind % 5 === 1) return { method: 'GET', path: '/accounts/me', token };
  if (kind % 5 === 2) return { method: 'GET', path: `/users/${id}`, token };
  return { method: 'GET', path: '/tasks?limit=20', token };
}

/** Runs `work` under load and returns the result of the load. */
export async function underLoad(work: () => Promise<void>): Promise<LoadResult> {
  const company = await logInEverybody();
  const people = [...company.values()];
  const managers = demoPeople('en').filter(({ role }) => role === 'manager');
  const dealers = managers.map(({ nickname }) => company.get(nickname)!);
  const load = new Load(ourEnvironment.ingressUrl, PER_SECOND, (index) =>
    requestOf(index, people[index % people.length]!, dealers),
  );
  // After a failed login the old token stays in use: the result shows it.
  const logins = setInterval(() => {
    void Promise.allSettled(people.map((person) => person.logIn()));
  }, LOG_IN_AGAIN_MS);
  try {
    await sleep(AROUND_MS);
    await work();
    await sleep(AROUND_MS);
  } catch (error) {
    await load.stop();
    throw error;
  } finally {
    clearInterval(logins);
  }
  return load.stop();
}

/** The result of a load in one line. */
export function told(result: LoadResult): string {
  const reasons = Object.entries(result.failed).map(([why, count]) => `${count} × ${why}`);
  const times = `p50 ${result.p50Ms} ms, p99 ${result.p99Ms} ms`;
  return `${lost(result)} of ${result.sent} lost, ${times}${reasons.length ? '; ' : ''}${reasons.join('; ')}`;
}
