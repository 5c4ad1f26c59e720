import { query } from '../shared/db/data-source';
import { newId } from '../shared/kernel/ids';
import { newcomer, startUserService, type UserUnderTest } from './testing/user-service';

let service: UserUnderTest;
beforeAll(async () => {
  service = await startUserService();
});
afterAll(() => service.stop());

const signUp = (body: object) => service.client.anonymous().post('/sign-up').send(body);
const statusOf = async (id: string): Promise<string> =>
  (await service.client.anonymous().get(`/sign-up/${id}`).expect(200)).body.status;
const typesAbout = async (id: string): Promise<string[]> =>
  (await service.eventsAbout(id)).map(({ type }) => type);

describe('sign-up', () => {
  it('registers an inactive employee and activates them once account and shape are there', async () => {
    const person = newcomer();
    const answer = await signUp(person).expect(201);
    expect(answer.body).toEqual({
      id: person.id,
      nickname: person.nickname,
      email: person.email,
      role: 'employee',
      locale: 'en',
      status: 'inactive',
      managerId: null,
      permissions: [],
      version: 1,
    });
    expect(await statusOf(person.id)).toBe('inactive');
    await service.openAccounts(person.id);
    expect(await statusOf(person.id)).toBe('active');
    expect(await typesAbout(person.id)).toEqual(['UserCreated.v1', 'UserActivated.v1']);
  });

  it('activates when the account is open before Auth has the shape', async () => {
    const person = newcomer();
    service.auth.isAway = true;
    await signUp(person).expect(503);
    await service.openAccounts(person.id);
    expect(await statusOf(person.id)).toBe('inactive');
    service.auth.isAway = false;
    const answer = await signUp(person).expect(201);
    expect(answer.body).toMatchObject({ status: 'inactive', version: 1 });
    expect(await statusOf(person.id)).toBe('active');
  });

  it('forgets the bank account once the account is open', async () => {
    const person = newcomer();
    await signUp(person).expect(201);
    const read = () => service.client.service('account').get(`/users/${person.id}/bank-account`);
    expect((await read().expect(200)).body).toEqual({ bankAccount: person.bankAccount });
    await service.openAccounts(person.id);
    expect((await read().expect(200)).body).toEqual({ bankAccount: null });
  });

  it('answers a repeat as it answered the first time, also after activation', async () => {
    const person = newcomer();
    const first = await signUp(person).expect(201);
    await service.openAccounts(person.id);
    const second = await signUp(person).expect(201);
    expect(second.body).toEqual(first.body);
    expect(await typesAbout(person.id)).toEqual(['UserCreated.v1', 'UserActivated.v1']);
  });

  it('names the same person for the same idempotency key', async () => {
    const { id: _, ...person } = newcomer();
    const send = () => signUp(person).set('idempotency-key', 'once');
    const first = await send().expect(201);
    expect((await send().expect(201)).body.id).toBe(first.body.id);
  });

  it('takes nobody over by their id: 409 that says nothing of them', async () => {
    const victim = await service.hire();
    const thief = newcomer({ id: victim.id });
    const answer = await signUp(thief).expect(409);
    expect(answer.body.type).toBe('id-taken');
    expect(answer.text).not.toContain(victim.email);
    expect(service.auth.shapes.get(victim.id)).toBe(victim.beakShape);
  });

  it('takes nobody over by their id before their shape is kept', async () => {
    const victim = newcomer();
    service.auth.isAway = true;
    await signUp(victim).expect(503);
    service.auth.isAway = false;
    await signUp(newcomer({ id: victim.id })).expect(409);
    expect(service.auth.shapes.has(victim.id)).toBe(false);
    await signUp(victim).expect(201);
    expect(service.auth.shapes.get(victim.id)).toBe(victim.beakShape);
  });

  it('takes nobody over by all that is known of them: only their own shape is theirs', async () => {
    const victim = await service.hire();
    await signUp({ ...victim, beakShape: 'another-beak' }).expect(409);
    expect(service.auth.shapes.get(victim.id)).toBe(victim.beakShape);
  });

  it('refuses a taken email or nickname, whatever its case', async () => {
    await service.hire({ email: 'taken@popug.example', nickname: 'занято' });
    const email = await signUp(newcomer({ email: 'TAKEN@popug.example' })).expect(409);
    expect(email.body.type).toBe('email-taken');
    const nickname = await signUp(newcomer({ nickname: 'ЗАНЯТО' })).expect(409);
    expect(nickname.body.type).toBe('nickname-taken');
  });

  it('registers an email once when it comes a hundred times at once', async () => {
    const email = `rush-${newId()}@popug.example`;
    const answers = await Promise.all(
      Array.from({ length: 100 }, () => signUp(newcomer({ email })).then(({ status }) => status)),
    );
    expect(answers.sort()).toEqual([201, ...Array<number>(99).fill(409)]);
    const rows = await query(service.database, 'SELECT FROM users WHERE email = $1', [email]);
    expect(rows).toHaveLength(1);
  });

  it('is one person when the same request comes ten times at once', async () => {
    const person = newcomer();
    const answers = await Promise.all(Array.from({ length: 10 }, () => signUp(person)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(201));
    expect(await typesAbout(person.id)).toEqual(['UserCreated.v1']);
  });

  it('is not there where it is switched off', async () => {
    const closed = await startUserService({ SIGN_UP_ENABLED: 'false' });
    try {
      await closed.client.anonymous().post('/sign-up').send(newcomer()).expect(404);
      await closed.client.anonymous().get(`/sign-up/${newId()}`).expect(404);
    } finally {
      await closed.stop();
    }
  });
});

describe('sign-up with bad input', () => {
  const person = newcomer();
  it.each([
    ['a role', { role: 'admin' }],
    ['a status', { status: 'active' }],
    ['a balance', { balance: '100' }],
    ['permissions', { permissions: ['users.manage'] }],
    ['an upper-case id', { id: person.id.toUpperCase() }],
    ['an id in braces', { id: `{${person.id}}` }],
    ['a nickname shaped like a uuid', { nickname: newId() }],
    ['a nickname with a line break', { nickname: 'ke\r\nsha' }],
    ['a nickname with NUL', { nickname: 'ke\0sha' }],
    ['a nickname of one letter', { nickname: 'k' }],
    ['a nickname of letters that nobody sees', { nickname: '\u3164\u3164' }],
    ['a nickname that only looks like another', { nickname: 'kesha\uffa0' }],
    ['a nickname turned around', { nickname: 'ke\u202esha' }],
    ['an email with a line break', { email: 'kesha@popug.example\r\nBcc: all@popug.example' }],
    ['an email without a host', { email: 'kesha' }],
    ['half a character in the shape', { beakShape: 'curved-\ud800-beak' }],
    ['a short shape', { beakShape: 'short' }],
    ['a bank account of 19 digits', { bankAccount: '4081781009991000431' }],
    ['an IBAN with a wrong checksum', { bankAccount: 'DE89370400440532013001' }],
    ['an unknown language', { locale: 'de' }],
  ])('refuses %s and stores nothing', async (_, wrong) => {
    const answer = await signUp({ ...person, ...wrong }).expect(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    await service.client.anonymous().get(`/sign-up/${person.id}`).expect(404);
  });

  it('refuses __proto__', async () => {
    const body = JSON.stringify(person).replace('{', '{"__proto__":{"role":"admin"},');
    await signUp({}).type('json').send(body).expect(400);
  });
});
