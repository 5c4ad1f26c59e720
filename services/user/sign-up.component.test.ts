import { query } from '../shared/db/data-source';
import { newId } from '../shared/kernel/ids';
import { giveUpRegistrations } from './commands/give-up-registrations';
import { readUserEnv } from './config';
import {
  administrator,
  newcomer,
  startUserService,
  type UserUnderTest,
} from './testing/user-service';

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
    expect((await read().expect(200)).body).toEqual({
      bankAccount: person.bankAccount,
      fullName: null,
    });
    await service.openAccounts(person.id);
    expect((await read().expect(200)).body).toEqual({ bankAccount: null, fullName: null });
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
    const wrong = await signUp({ ...victim, beakShape: 'another-beak' });
    const right = await signUp(victim);
    expect([wrong.status, wrong.body]).toEqual([right.status, right.body]);
    expect(service.auth.shapes.get(victim.id)).toBe(victim.beakShape);
  });

  it('looks at no beak shape of somebody who has one', async () => {
    const victim = await service.hire();
    service.auth.isAway = true;
    try {
      await signUp({ ...victim, beakShape: 'another-beak' }).expect(201);
    } finally {
      service.auth.isAway = false;
    }
  });

  it('refuses a taken email or nickname, whatever its case', async () => {
    await service.hire({ email: 'taken@popug.example', nickname: 'занято' });
    const email = await signUp(newcomer({ email: 'TAKEN@popug.example' })).expect(409);
    expect(email.body.type).toBe('email-taken');
    const nickname = await signUp(newcomer({ nickname: 'ЗАНЯТО' })).expect(409);
    expect(nickname.body.type).toBe('nickname-taken');
  });

  it.each([
    ['letters that look like those of another alphabet', 'kеshа-kеshа', 'kesha-kesha'],
    ['capitals that look alike', 'Кakadu', 'Kakadu'],
    ['a digit for a letter', 'popu9-l', 'popu9-1'],
  ])('refuses a name with %s', async (_, taken, twin) => {
    await service.hire({ nickname: taken });
    const answer = await signUp(newcomer({ nickname: twin })).expect(409);
    expect(answer.body.type).toBe('nickname-taken');
  });

  it('gives one look to one of a hundred names at once', async () => {
    const twins = Array.from({ length: 100 }, (_, at) =>
      [...'aaaaaaa'].map((letter, bit) => ((at >> bit) & 1 ? 'а' : letter)).join(''),
    );
    expect(new Set(twins).size).toBe(100);
    const answers = await Promise.all(
      twins.map((nickname) => signUp(newcomer({ nickname })).then(({ status }) => status)),
    );
    expect(answers.sort()).toEqual([201, ...Array<number>(99).fill(409)]);
  });

  it.each([
    ['Сергей-1'.normalize('NFD'), 'Сергей-1'],
    ['विक्रम', 'विक्रम'],
    ['นก-แก้ว', 'นก-แก้ว'],
  ])('takes the name %s and stores it composed', async (written, stored) => {
    const answer = await signUp(newcomer({ nickname: written })).expect(201);
    expect(answer.body.nickname).toBe(stored.normalize('NFC'));
  });

  it.each([
    ['user=x@example.com', 'user=x@example.com'],
    ['user@xn--80a1acny.xn--p1ai', 'user@xn--80a1acny.xn--p1ai'],
    ['user@ПОЧТА2.рф', 'user@xn--2-7sb5bdq3a.xn--p1ai'],
  ])('takes the email %s', async (written, stored) => {
    const answer = await signUp(newcomer({ email: written })).expect(201);
    expect(answer.body.email).toBe(stored);
  });

  it('takes one domain in two ways of writing for one', async () => {
    await signUp(newcomer({ email: 'one@клюв.рф' })).expect(201);
    const answer = await signUp(newcomer({ email: 'one@xn--b1apd0f.xn--p1ai' }));
    expect(answer.body.type).toBe('email-taken');
  });

  it.each([
    ['DE89 3704 0044 0532 0130 00', 'DE89370400440532013000'],
    ['gb82WEST12345698765432', 'GB82WEST12345698765432'],
    ['044525225/40817810538091310419', '044525225/40817810538091310419'],
  ])('hands the bank account %s on as %s', async (bankAccount, stored) => {
    const person = newcomer({ bankAccount });
    await signUp(person).expect(201);
    const read = service.client.service('account').get(`/users/${person.id}/bank-account`);
    expect((await read.expect(200)).body).toMatchObject({ bankAccount: stored });
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
    const closed = await startUserService({ SIGN_UP: 'off' });
    try {
      await closed.client.anonymous().post('/sign-up').send(newcomer()).expect(404);
      await closed.client.anonymous().get(`/sign-up/${newId()}`).expect(404);
    } finally {
      await closed.stop();
    }
  });
});

describe('sign-ups from one address', () => {
  const from = (limited: UserUnderTest, address: string) =>
    limited.client.anonymous().post('/sign-up').set('x-forwarded-for', address).send(newcomer());
  let limited: UserUnderTest;
  beforeAll(async () => {
    limited = await startUserService({ SIGN_UPS_PER_HOUR: '2' });
  });
  afterAll(() => limited.stop());

  it('have a limit an hour, also when many come at once, and say when it ends', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => from(limited, '192.0.2.1, 10.0.0.1')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429, 429, 429]);
    const refused = answers.find(({ status }) => status === 429)!;
    expect(refused.body.type).toBe('too-many-sign-ups');
    const wait = Number(refused.headers['retry-after']);
    expect(wait).toBeGreaterThan(3_500);
    expect(wait).toBeLessThanOrEqual(3_600);
    await from(limited, '192.0.2.2').expect(201);
    await query(limited.database, `UPDATE sign_ups SET since = since - interval '1 hour'`);
    await from(limited, '192.0.2.1').expect(201);
  });

  it('count an IPv6 network of 64 bits as one', async () => {
    await from(limited, '2001:db8::1').expect(201);
    await from(limited, '2001:db8::2:1').expect(201);
    await from(limited, '2001:db8::3').expect(429);
    await from(limited, '2001:db8:0:1::1').expect(201);
  });

  it('are told no more often that a name is taken', async () => {
    const taken = newcomer();
    const body = { ...newcomer(), email: taken.email };
    const post = (person: object) =>
      limited.client.anonymous().post('/sign-up').set('x-forwarded-for', '192.0.2.7').send(person);
    await post(taken).expect(201);
    await post(body).expect(409);
    await post(body).expect(429);
  });

  it('are forgotten after an hour', async () => {
    await query(limited.database, `UPDATE sign_ups SET since = since - interval '1 hour'`);
    await limited.app.jobs!.find(({ name }) => name === 'forget-old')!.run();
    expect(await query(limited.database, 'SELECT FROM sign_ups')).toEqual([]);
  });
});

describe('sign-up with approval', () => {
  let asking: UserUnderTest;
  beforeAll(async () => {
    asking = await startUserService({ SIGN_UP: 'approval' });
  });
  afterAll(() => asking.stop());

  const progress = async (id: string): Promise<object> =>
    (await asking.client.anonymous().get(`/sign-up/${id}`).expect(200)).body;
  const asAdmin = () => asking.client.as(administrator);
  async function apply() {
    const person = newcomer();
    await asking.client.anonymous().post('/sign-up').send(person).expect(201);
    return person;
  }

  it('lets people wait, visibly, until somebody who manages users activates them', async () => {
    const [person, other] = [await apply(), await apply()];
    await asking.openAccounts(person.id, other.id);
    expect(await progress(person.id)).toEqual({ status: 'inactive', awaitsApproval: true });
    const list = await asAdmin().get('/users?awaitsApproval=true').expect(200);
    expect(list.body.items.map(({ id }: { id: string }) => id)).toEqual([other.id, person.id]);
    expect(list.body.items[0]).toMatchObject({ awaitsApproval: true, status: 'inactive' });
    const answer = await asAdmin().post(`/users/${person.id}/activate`).expect(200);
    expect(answer.body).toMatchObject({ status: 'active' });
    expect(await progress(person.id)).toEqual({ status: 'active', awaitsApproval: false });
    expect((await progress(other.id)) as object).toMatchObject({ status: 'inactive' });
    expect((await asking.eventsAbout(person.id)).at(-1)!.type).toBe('UserActivated.v1');
    const rows = await query(asking.database, 'SELECT actor_id, action, subject FROM audit_log');
    expect(rows).toEqual([
      { actor_id: administrator.id, action: 'user.approved', subject: person.id },
    ]);
  });

  it('activates who is approved before the account is open', async () => {
    const person = await apply();
    await asAdmin().post(`/users/${person.id}/activate`).expect(200);
    expect(await progress(person.id)).toEqual({ status: 'inactive', awaitsApproval: false });
    await asking.openAccounts(person.id);
    expect(await progress(person.id)).toEqual({ status: 'active', awaitsApproval: false });
  });

  it('asks nobody about those whom an administrator registers', async () => {
    const person = newcomer();
    await asAdmin().post('/users').send(person).expect(201);
    await asking.openAccounts(person.id);
    expect(await progress(person.id)).toEqual({ status: 'active', awaitsApproval: false });
  });

  it('lets somebody in who was given up, with the beak shape they gave', async () => {
    const person = await apply();
    await asking.openAccounts(person.id);
    await giveUpRegistrations(asking.contextAt(new Date(Date.now() + 30 * 86_400_000)));
    await asAdmin().post(`/users/${person.id}/activate`).expect(200);
    expect(await progress(person.id)).toEqual({ status: 'active', awaitsApproval: false });
  });

  it('gives up after a month, not after a day, and frees the names', async () => {
    const person = await apply();
    const giveUp = (days: number) =>
      giveUpRegistrations(asking.contextAt(new Date(Date.now() + days * 86_400_000)));
    expect(await giveUp(29)).not.toContain(person.id);
    expect(await giveUp(30)).toContain(person.id);
    expect(await progress(person.id)).toEqual({ status: 'deactivated', awaitsApproval: false });
    const heir = newcomer({ nickname: person.nickname, email: person.email });
    await asking.client.anonymous().post('/sign-up').send(heir).expect(201);
  });
});

it('does not start with the old name of the setting', () => {
  const env = { SIGN_UP_ENABLED: 'false', SIGN_UP: 'off' };
  expect(() => readUserEnv(env)).toThrow('SIGN_UP_ENABLED: is gone: set SIGN_UP to open, approval');
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
    ['a nickname that begins with a mark', { nickname: '\u0301kesha' }],
    ['a nickname with a tower of marks', { nickname: `ke${'\u0316'.repeat(5)}sha` }],
    ['a nickname with a joiner', { nickname: 'ke\u200dsha' }],
    ['a nickname of 33 letters', { nickname: 'k'.repeat(33) }],
    ['an email with a label that ends in -', { email: 'kesha@popug-.example' }],
    ['an email with a long local part', { email: `${'k'.repeat(65)}@popug.example` }],
    ['an IBAN of no country', { bankAccount: 'ZZ22370400440532013000' }],
    ['an IBAN that is too short', { bankAccount: 'DE5137040044053201300' }],
    ['an account of zeros', { bankAccount: '0'.repeat(20) }],
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
