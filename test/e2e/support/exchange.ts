import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureBuilt } from '../../../tools/stack/compile';
import type { StackOptions } from '../../../tools/stack/options';
import { findPortOffset } from '../../../tools/stack/ports';
import type { Stack } from '../../../tools/stack/stack';
import { startStack } from '../../../tools/stack/start-stack';
import { eventually } from '../../../services/shared/testing/eventually';
import { Api, newPerson, type Person } from '../../../operations/client/api';
import { createAdmin } from '../../../tools/stack/create-admin';
import { describeStack } from '../../../tools/stack/running';

const PREFIX_BYTES = 3;
const ACTIVATION_MS = 20_000;

/** The whole product for one test file, with its own databases, Redis and ports. */
export interface Exchange {
  stack: Stack;
  api: Api;
  admin: Person;
  /** Signs up a person (given or new), waits until they are active, and logs them in. */
  hire(who?: string | Person): Promise<Person>;
  /** The same, and gives the person a role. */
  hireAs(role: 'manager' | 'accountant' | 'admin', who?: string | Person): Promise<Person>;
  stop(): Promise<void>;
}

/** Starts the product with its own databases, Redis and ports, and the first administrator. */
export async function startExchange(options: Partial<StackOptions> = {}): Promise<Exchange> {
  await ensureBuilt();
  const dataDirectory = await mkdtemp(join(tmpdir(), 'popug-e2e-'));
  const stack = await startStack({
    dataDirectory,
    databasePrefix: `e2e_${randomBytes(PREFIX_BYTES).toString('hex')}_`,
    portOffset: await findPortOffset(),
    redis: 'own',
    // On a busy machine a restarted service may miss its retries; redelivery then comes after 10 s.
    redeliverAfterSeconds: 10,
    ...options,
  });
  const stop = async (): Promise<void> => {
    await stack.stop();
    await stack.dropDatabases();
    await rm(dataDirectory, { recursive: true, force: true });
  };
  try {
    const api = new Api(stack.gatewayUrl);
    const admin = newPerson(api, 'admin');
    await createAdmin(describeStack(stack), admin);
    await activated(admin);
    const hire = async (who?: string | Person): Promise<Person> => {
      const person = typeof who === 'object' ? who : newPerson(api, who);
      await signUp(person);
      await activated(person);
      return person;
    };
    const hireAs = async (role: string, who?: string | Person): Promise<Person> => {
      const person = await hire(who ?? role);
      await giveRole(admin, person, role);
      return person;
    };
    return { stack, api, admin, hire, hireAs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** `POST /sign-up` as that person. */
export async function signUp(person: Person): Promise<void> {
  const { id, nickname, email, beakShape, bankAccount } = person;
  const body = { id, nickname, email, beakShape, bankAccount };
  await person.api.must('POST', '/sign-up', { body });
}

/** Waits until the person is active, then logs them in. */
export async function activated(person: Person): Promise<void> {
  await eventually(
    `${person.nickname} active`,
    async () => {
      const answer = await person.api.send('GET', `/sign-up/${person.id}`);
      return answer.body?.status === 'active';
    },
    ACTIVATION_MS,
  );
  await eventually(`${person.nickname} logged in`, async () => {
    await person.logIn();
    return true;
  });
}

async function giveRole(admin: Person, person: Person, role: string): Promise<void> {
  const path = `/users/${person.id}`;
  const version = (await admin.get(path)).headers.get('etag')!;
  const request = { token: admin.token, body: { role }, headers: { 'if-match': version } };
  await admin.api.must('PATCH', path, request);
  await eventually(`${person.nickname} is ${role}`, async () => {
    await person.logIn();
    const session = JSON.parse(
      Buffer.from(person.token.split('.')[1]!, 'base64url').toString('utf8'),
    ) as { role: string };
    return session.role === role;
  });
}
