import { setTimeout as sleep } from 'node:timers/promises';
import { Person, type Api } from '../client/api';
import type { DemoPerson } from './people';

const POLL_MS = 100;
const ACTIVATION_MS = 30_000;

function personOf(api: Api, demo: DemoPerson): Person {
  const { id, nickname, email, beakShape, bankAccount } = demo;
  return new Person(api, id, nickname, email, beakShape, bankAccount);
}

/** Waits until everybody is active (has an account). Throws after 30 s. */
async function allActive(api: Api, people: readonly DemoPerson[]): Promise<void> {
  const deadline = Date.now() + ACTIVATION_MS;
  const waiting = new Set(people.map(({ id }) => id));
  while (waiting.size > 0) {
    if (Date.now() > deadline) throw new Error(`${waiting.size} people were not activated`);
    for (const id of waiting) {
      const { body } = await api.send('GET', `/sign-up/${id}`);
      if (body?.status === 'active') waiting.delete(id);
    }
    if (waiting.size > 0) await sleep(POLL_MS);
  }
}

/** Creates everybody else, waits until they are active, and sets roles and managers. */
export async function hireCompany(
  api: Api,
  admin: Person,
  people: readonly DemoPerson[],
): Promise<Map<string, Person>> {
  const others = people.filter(({ id }) => id !== admin.id);
  await Promise.all(
    others.map(({ id, nickname, email, beakShape, bankAccount, locale }) => {
      return admin.post('/users', { id, nickname, email, beakShape, bankAccount, locale });
    }),
  );
  await allActive(api, others);
  for (const demo of others) {
    const managerId = people.find(({ nickname }) => nickname === demo.manager)?.id ?? null;
    if (demo.role === 'employee' && managerId === null) continue;
    const path = `/users/${demo.id}`;
    const version = (await admin.get(path)).headers.get('etag')!;
    const body = { role: demo.role, managerId };
    const headers = { 'if-match': version };
    await api.must('PATCH', path, { token: admin.token, body, headers });
  }
  return new Map(others.map((demo) => [demo.nickname, personOf(api, demo)]));
}

/** Logs in until the token has the role, which Auth receives by an event. Throws after 30 s. */
export async function logInAs(person: Person, role: string): Promise<void> {
  const deadline = Date.now() + ACTIVATION_MS;
  while (Date.now() < deadline) {
    await person.logIn();
    const [, payload] = person.token.split('.');
    const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString('utf8')) as {
      role: string;
    };
    if (claims.role === role) return;
    await sleep(POLL_MS);
  }
  throw new Error(`${person.nickname} did not become ${role}`);
}
