import fc from 'fast-check';
import { accountCreated } from '../shared/contracts/events/accounts';
import { query } from '../shared/db/data-source';
import { newId } from '../shared/kernel/ids';
import { createLogger } from '../shared/observability/logger';
import { cloudEventOf } from '../shared/testing/cloud-events';
import { askForAccounts } from './commands/ask-for-accounts';
import { createFirstAdmin } from './commands/create-first-admin';
import { deactivateUser } from './commands/deactivate-user';
import { giveUpRegistrations } from './commands/give-up-registrations';
import { signUp } from './commands/sign-up';
import type { UserContext } from './context';
import { giveUpRegistrationsJob } from './jobs/give-up-registrations.job';
import { readProgress } from './queries/users';
import {
  newcomer,
  startUserService,
  type Newcomer,
  type UserUnderTest,
} from './testing/user-service';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const start = new Date('2026-03-02T09:00:00.000Z');
const after = (ms: number): Date => new Date(start.getTime() + ms);

let service: UserUnderTest;
let context: UserContext;

beforeAll(async () => {
  service = await startUserService();
  context = service.contextAt(start);
});
afterAll(() => service.stop());

async function register(overrides: Partial<Newcomer> = {}, withShape = false): Promise<Newcomer> {
  const person = newcomer(overrides);
  const { beakShape, ...rest } = person;
  const registration = { ...rest, locale: 'en' as const, registeredBy: null };
  await signUp(context, registration, withShape ? beakShape : null);
  return person;
}

const statusOf = async (id: string) => (await readProgress(service.database, id)).status;
const typesAbout = async (id: string): Promise<string[]> =>
  (await service.eventsAbout(id)).map(({ type }) => type);

describe('activation', () => {
  const steps = fc.constantFrom('account', 'shape', 'deactivate' as const);

  it('makes active exactly those with account and shape, in any order and repetition', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(steps, { maxLength: 6 }), async (taken) => {
        const person = await register();
        for (const step of taken) {
          if (step === 'account') await service.openAccounts(person.id);
          if (step === 'deactivate') await deactivateUser(context, actor(person.id));
          if (step === 'shape') await setShape(person);
        }
        const [gone, shape] = [taken.indexOf('deactivate'), taken.indexOf('shape')];
        const isReady = taken.includes('account') && shape !== -1;
        const expected = gone !== -1 ? 'deactivated' : isReady ? 'active' : 'inactive';
        expect(await statusOf(person.id)).toBe(expected);
        const activations = (await typesAbout(person.id)).filter((t) => t === 'UserActivated.v1');
        expect(activations.length).toBeLessThanOrEqual(1);
      }),
      { numRuns: 40 },
    );
  });

  const actor = (id: string) => ({ id, actorId: newId() });
  const setShape = async ({ beakShape, ...person }: Newcomer): Promise<void> => {
    const registration = { ...person, locale: 'en' as const, registeredBy: null };
    await signUp(context, registration, beakShape).catch((error: { id?: string }) => {
      // Only deactivated people are refused: they can't sign up again.
      expect(error.id).toBe('id-taken');
    });
  };

  it('puts the confirmation of an unknown account aside and applies its neighbours', async () => {
    const person = await register({}, true);
    await service.openAccounts(newId(), person.id);
    expect(await statusOf(person.id)).toBe('active');
    const letters = await query(service.database, 'SELECT error FROM dead_letters');
    expect(letters).toEqual([{ error: 'nobody has this id' }]);
  });

  it('takes the same confirmation five times at once for one', async () => {
    const person = await register({}, true);
    const event = cloudEventOf(accountCreated, { userId: person.id });
    const deliveries = Array.from({ length: 5 }, () => service.client.deliver('accounts', [event]));
    for (const answer of await Promise.all(deliveries)) expect(answer.status).toBe(200);
    expect(await typesAbout(person.id)).toEqual(['UserCreated.v1', 'UserActivated.v1']);
  });

  it('is refused by the database without account or credentials', async () => {
    const person = await register();
    const sql = `UPDATE users SET status = 'active' WHERE id = $1`;
    await expect(query(service.database, sql, [person.id])).rejects.toThrow('users_activation');
    const gone = 'DELETE FROM users WHERE id = $1';
    await expect(query(service.database, gone, [person.id])).rejects.toThrow('permission denied');
  });
});

describe('askForAccounts', () => {
  it('asks again after a minute, two more, four more, until the account is open', async () => {
    const person = await register();
    const askedAt = async (ms: number) =>
      (await askForAccounts(service.contextAt(after(ms)))).includes(person.id);
    expect(await askedAt(MINUTE_MS - 1)).toBe(false);
    expect(await askedAt(MINUTE_MS)).toBe(true);
    expect(await askedAt(3 * MINUTE_MS - 1)).toBe(false);
    expect(await askedAt(3 * MINUTE_MS)).toBe(true);
    await service.openAccounts(person.id);
    expect(await askedAt(HOUR_MS)).toBe(false);
    const events = await query<{ id: string }>(
      service.database,
      `SELECT id FROM outbox WHERE subject = $1 AND type = 'UserCreated.v1'`,
      [person.id],
    );
    expect(new Set(events.map(({ id }) => id)).size).toBe(3);
  });
});

describe('giveUpRegistrations', () => {
  it('frees the names of those without credentials after a day', async () => {
    const person = await register();
    await giveUpRegistrations(service.contextAt(after(24 * HOUR_MS - 1)));
    expect(await statusOf(person.id)).toBe('inactive');
    await giveUpRegistrations(service.contextAt(after(24 * HOUR_MS)));
    expect(await statusOf(person.id)).toBe('deactivated');
    expect((await typesAbout(person.id)).at(-1)).toBe('UserDeactivated.v1');
    const heir = await register({ email: person.email, nickname: person.nickname }, true);
    expect(await statusOf(heir.id)).toBe('inactive');
  });

  it('gives nobody up by a clock that runs ahead of the database', async () => {
    const person = await register();
    const ahead = { ...context, clock: () => after(48 * HOUR_MS) };
    const job = giveUpRegistrationsJob(ahead, createLogger('user', 'silent'));
    await expect(job.run()).rejects.toMatchObject({ id: 'clock-off' });
    expect(await statusOf(person.id)).toBe('inactive');
  });

  it('leaves those alone who have credentials, however long their account takes', async () => {
    const person = await register({}, true);
    await giveUpRegistrations(service.contextAt(after(100 * HOUR_MS)));
    expect(await statusOf(person.id)).toBe('inactive');
  });
});

describe('createFirstAdmin', () => {
  const create = ({ beakShape, ...admin }: Newcomer) => {
    const registration = { ...admin, locale: 'en' as const, registeredBy: null };
    return createFirstAdmin(context, registration, beakShape);
  };

  it('goes on where a crash stopped it, and refuses once an administrator is active', async () => {
    const admin = newcomer();
    service.auth.isAway = true;
    await expect(create(admin)).rejects.toMatchObject({ status: 503 });
    service.auth.isAway = false;
    await create(admin);
    await service.openAccounts(admin.id);
    expect(await statusOf(admin.id)).toBe('active');
    const [created] = await service.eventsAbout(admin.id);
    expect(created!.data['role']).toBe('admin');
    for (const another of [admin, newcomer()]) {
      await expect(create(another)).rejects.toMatchObject({ id: 'administrator-exists' });
    }
  });
});
