import { Api, Person } from '../../scripts/client/api';
import { demoPeople } from '../../scripts/seed/people';
import { ourEnvironment } from '../../scripts/stack/environment';
import { Load, type LoadRequest } from './load';

/** Everybody of the demo company, logged in, by nickname. */
export async function logInEverybody(): Promise<Map<string, Person>> {
  const api = new Api(ourEnvironment.ingressUrl);
  const people = demoPeople('en').map(
    ({ id, nickname, email, beakShape, bankAccount }) =>
      new Person(api, id, nickname, email, beakShape, bankAccount),
  );
  for (const person of people) await person.logIn();
  return new Map(people.map((person) => [person.nickname, person]));
}

/** Of twenty requests, how many are of which kind; two of them make events and move money. */
const KINDS = 20;

function requestOf(index: number, person: Person): LoadRequest {
  const { token, id } = person;
  const kind = index % KINDS;
  if (kind === 0 || kind === 10) {
    const body = { title: `[LOAD-${index}] Task ${index}`, deal: true };
    return { method: 'POST', path: '/tasks', token, body };
  }
  if (kind === 5) return { method: 'GET', path: '/sessions', token };
  if (kind % 5 === 1) return { method: 'GET', path: '/accounts/me', token };
  if (kind % 5 === 2) return { method: 'GET', path: `/users/${id}`, token };
  return { method: 'GET', path: '/tasks?limit=20', token };
}

/** What people do, through the ingress, spread over all of them. */
export async function loadOfPeople(perSecond: number): Promise<Load> {
  const people = [...(await logInEverybody()).values()];
  return new Load(ourEnvironment.ingressUrl, perSecond, (index) =>
    requestOf(index, people[index % people.length]!),
  );
}
