import { putLetter } from '../shared/contracts/calls/notify';
import { query } from '../shared/db/data-source';
import { newId } from '../shared/kernel/ids';
import type { TestCaller } from '../shared/testing/test-service';
import { tellUnclearChanges } from './commands/tell-unclear-changes';
import {
  administrator,
  newcomer,
  startUserService,
  type Newcomer,
  type UserUnderTest,
} from './testing/user-service';

let service: UserUnderTest;
beforeAll(async () => {
  service = await startUserService();
});
afterAll(() => service.stop());

const asAdmin = () => service.client.as(administrator);
const as = (person: { id: string }, rights: TestCaller = {}) =>
  service.client.as({ ...rights, id: person.id });

async function patch(
  caller: ReturnType<typeof asAdmin>,
  id: string,
  changes: object,
  version?: number,
) {
  const basedOn =
    version ?? ((await asAdmin().get(`/users/${id}`).expect(200)).body.version as number);
  return caller.patch(`/users/${id}`).set('if-match', `"${basedOn}"`).send(changes);
}

async function hireAs(role: string): Promise<Newcomer> {
  const person = await service.hire();
  expect((await patch(asAdmin(), person.id, { role })).status).toBe(200);
  return person;
}

const lettersOwedTo = (id: string) =>
  query(service.database, 'SELECT recipient, content FROM due_letters WHERE user_id = $1', [id]);
const recipient = ({ email, nickname }: Newcomer) => ({ to: email, nickname, locale: 'en' });

const lastEvent = async (id: string) => (await service.eventsAbout(id)).at(-1)!;

describe('GET /users/{id}', () => {
  it('shows people themselves, to those who manage users everybody, to others nobody', async () => {
    const [kesha, stranger] = [await service.hire(), await service.hire()];
    const own = await as(kesha).get(`/users/${kesha.id}`).expect(200);
    expect(own.headers['etag']).toBe('"2"');
    expect(own.body).toMatchObject({ id: kesha.id, email: kesha.email, status: 'active' });
    await asAdmin().get(`/users/${kesha.id}`).expect(200);
    const hidden = await as(stranger).get(`/users/${kesha.id}`).expect(404);
    const absent = await as(stranger).get(`/users/${newId()}`).expect(404);
    expect(hidden.body.title).toBe(absent.body.title);
    await service.client.anonymous().get(`/users/${kesha.id}`).expect(401);
  });
});

describe('PATCH /users/{id}', () => {
  it('lets people change their own names, and tells everybody', async () => {
    const kesha = await service.hire();
    const changes = { nickname: 'Kesha-the-Great', email: 'Great@popug.example' };
    const answer = await patch(as(kesha), kesha.id, changes);
    expect(answer.status).toBe(200);
    expect(answer.headers['etag']).toBe('"3"');
    expect(answer.body).toMatchObject({
      nickname: 'Kesha-the-Great',
      email: 'great@popug.example',
    });
    const { type, data } = await lastEvent(kesha.id);
    expect(type).toBe('UserUpdated.v1');
    expect(data).toMatchObject({ version: 3, nickname: 'Kesha-the-Great' });
  });

  it('owes the old address one letter about another email, and none about the same', async () => {
    const kesha = await service.hire();
    await patch(as(kesha), kesha.id, { email: kesha.email.toUpperCase(), nickname: 'Kesha-II' });
    expect(await lettersOwedTo(kesha.id)).toEqual([]);
    const email = `new-${kesha.email}`;
    expect((await patch(as(kesha), kesha.id, { email })).status).toBe(200);
    expect((await patch(as(kesha), kesha.id, { email })).status).toBe(200);
    expect(await lettersOwedTo(kesha.id)).toEqual([
      {
        recipient: { ...recipient({ ...kesha, nickname: 'Kesha-II' }), mayBeGone: true },
        content: { template: 'email-changed', newEmail: email },
      },
    ]);
  });

  it.each([{ role: 'admin' }, { managerId: null }])(
    'lets nobody change %j of themselves',
    async (changes) => {
      const kesha = await service.hire();
      expect((await patch(as(kesha), kesha.id, changes)).status).toBe(403);
    },
  );

  it('lets people choose the language of their pages and letters', async () => {
    const kesha = await service.hire();
    const { status, body } = await patch(as(kesha), kesha.id, { locale: 'ru' });
    expect([status, body.locale]).toEqual([200, 'ru']);
  });

  it('hides others from those who do not manage users', async () => {
    const [kesha, stranger] = [await service.hire(), await service.hire()];
    expect((await patch(as(stranger), kesha.id, { nickname: 'mine' })).status).toBe(404);
  });

  it('needs the version that was read: 428 without, 412 with an old one', async () => {
    const kesha = await service.hire();
    await asAdmin().patch(`/users/${kesha.id}`).send({ locale: 'ru' }).expect(428);
    expect((await patch(asAdmin(), kesha.id, { locale: 'ru' }, 1)).status).toBe(412);
    expect((await patch(asAdmin(), kesha.id, { locale: 'ru' }, 2)).status).toBe(200);
  });

  it('lets one of ten changes of the same version through', async () => {
    const kesha = await service.hire();
    const names = Array.from({ length: 10 }, (_, index) => `${kesha.nickname}-${index}`);
    const answers = await Promise.all(
      names.map((nickname) => patch(asAdmin(), kesha.id, { nickname }, 2)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(9).fill(412)]);
  });

  it('changes nothing, version included, when everything is so already', async () => {
    const kesha = await service.hire();
    const answer = await patch(asAdmin(), kesha.id, { nickname: kesha.nickname, locale: 'en' });
    expect(answer.body.version).toBe(2);
    expect((await lastEvent(kesha.id)).type).toBe('UserActivated.v1');
  });

  it('refuses names that are somebody else’s', async () => {
    const [kesha, gosha] = [await service.hire(), await service.hire()];
    const email = await patch(as(kesha), kesha.id, { email: gosha.email });
    expect([email.status, email.body.type]).toEqual([409, 'email-taken']);
    const nickname = await patch(as(kesha), kesha.id, { nickname: gosha.nickname.toUpperCase() });
    expect([nickname.status, nickname.body.type]).toEqual([409, 'nickname-taken']);
  });

  it('gives the permissions of a role, in the event too, and writes the change down', async () => {
    const kesha = await service.hire();
    const answer = await patch(asAdmin(), kesha.id, { role: 'manager' });
    expect(answer.body.permissions).toEqual(['tasks.distribute', 'tasks.view-all']);
    expect((await lastEvent(kesha.id)).data['permissions']).toEqual(answer.body.permissions);
    const audit = await query(
      service.database,
      'SELECT actor_id, action, details FROM audit_log WHERE subject = $1',
      [kesha.id],
    );
    const details = { before: 'employee', after: 'manager', reason: null };
    expect(audit).toEqual([{ actor_id: administrator.id, action: 'role.changed', details }]);
  });

  it('keeps managers a tree', async () => {
    const [top, middle, bottom] = [
      await hireAs('manager'),
      await hireAs('manager'),
      await service.hire(),
    ];
    await patch(asAdmin(), middle.id, { managerId: top.id });
    await patch(asAdmin(), bottom.id, { managerId: middle.id });
    for (const managerId of [bottom.id, middle.id, top.id]) {
      const answer = await patch(asAdmin(), top.id, { managerId });
      expect([answer.status, answer.body.type]).toEqual([409, 'circle-of-managers']);
    }
    expect((await patch(asAdmin(), top.id, { managerId: newId() })).status).toBe(400);
    const below = (id: string) =>
      service.client.service('board').get(`/users/${id}/subordinate-ids`).expect(200);
    expect((await below(top.id)).body.ids.sort()).toEqual([middle.id, bottom.id].sort());
    await patch(asAdmin(), middle.id, { managerId: null });
    expect((await below(top.id)).body.ids).toEqual([]);
  });

  it('keeps managers a tree when two are put under each other at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, other] = [await hireAs('manager'), await hireAs('manager')];
      const answers = await Promise.all([
        patch(asAdmin(), one.id, { managerId: other.id }),
        patch(asAdmin(), other.id, { managerId: one.id }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
    }
  });
});

describe('a name that looks like another', () => {
  it('is refused to who renames themselves, who may write their own otherwise', async () => {
    const kesha = await service.hire({ nickname: 'sight-kesha' });
    const gosha = await service.hire();
    const answer = await patch(as(gosha), gosha.id, { nickname: 'sight-kеsha' });
    expect(answer).toMatchObject({ status: 409, body: { type: 'nickname-taken' } });
    expect((await patch(as(kesha), kesha.id, { nickname: 'Sight-Kеsha' })).status).toBe(200);
  });

  it('stays with twins of an older version, whom a job makes known', async () => {
    const [one, other] = [await service.hire(), await service.hire()];
    const rename = `
      UPDATE users SET nickname = $2, nickname_key = $2 WHERE id = $1`;
    await query(service.database, rename, [one.id, 'old-twin-a']);
    await query(service.database, rename, [other.id, 'old-twin-а']);
    await service.app.jobs!.find(({ name }) => name === 'fill-name-skeletons')!.run();
    const body = newcomer({ nickname: 'оld-twin-a' });
    await service.client.anonymous().post('/sign-up').send(body).expect(409);
    expect((await patch(as(one), one.id, { nickname: 'Old-Twin-A' })).status).toBe(200);
    expect((await patch(as(other), other.id, { email: 'twin@popug.example' })).status).toBe(200);
  });
});

describe('PUT /users/{id}/permissions', () => {
  it('adds to the role, replaces what was granted before, and is written down', async () => {
    const kesha = await hireAs('manager');
    const put = (permissions: string[]) =>
      asAdmin().put(`/users/${kesha.id}/permissions`).send({ permissions }).expect(200);
    const granted = await put(['analytics.view', 'tasks.distribute']);
    expect(granted.body.permissions).toEqual([
      'tasks.distribute',
      'tasks.view-all',
      'analytics.view',
    ]);
    const taken = await put([]);
    expect(taken.body.permissions).toEqual(['tasks.distribute', 'tasks.view-all']);
    const audit = await query(
      service.database,
      `SELECT details FROM audit_log WHERE subject = $1 AND action = 'permissions.changed'
       ORDER BY at`,
      [kesha.id],
    );
    const permissions = ['tasks.distribute', 'analytics.view'];
    expect(audit).toEqual([
      { details: { before: [], after: permissions, reason: null } },
      { details: { before: permissions, after: [], reason: null } },
    ]);
  });

  it('is for those who manage users', async () => {
    const kesha = await service.hire();
    const body = { permissions: ['users.manage'] };
    await as(kesha).put(`/users/${kesha.id}/permissions`).send(body).expect(403);
    await asAdmin().put(`/users/${newId()}/permissions`).send(body).expect(404);
    const unknown = { permissions: ['all'] };
    await asAdmin().put(`/users/${kesha.id}/permissions`).send(unknown).expect(400);
  });
});

describe('POST /users/{id}/deactivate and /activate', () => {
  it('lets a person leave and come back, changing nothing when repeated', async () => {
    const kesha = await service.hire();
    const post = (deed: string) => asAdmin().post(`/users/${kesha.id}/${deed}`).expect(200);
    expect((await post('deactivate')).body).toMatchObject({ status: 'deactivated', version: 3 });
    expect((await post('deactivate')).body.version).toBe(3);
    expect((await lastEvent(kesha.id)).type).toBe('UserDeactivated.v1');
    expect((await post('activate')).body).toMatchObject({ status: 'active', version: 5 });
    expect((await post('activate')).body.version).toBe(5);
    expect((await lastEvent(kesha.id)).type).toBe('UserActivated.v1');
  });

  it('notes the account of somebody who was deactivated meanwhile, without activating them', async () => {
    const kesha = newcomer();
    await service.client.anonymous().post('/sign-up').send(kesha).expect(201);
    await asAdmin().post(`/users/${kesha.id}/deactivate`).expect(200);
    await service.openAccounts(newId(), kesha.id);
    const status = async () => (await asAdmin().get(`/users/${kesha.id}`)).body.status;
    expect(await status()).toBe('deactivated');
    await asAdmin().post(`/users/${kesha.id}/activate`).expect(200);
    expect(await status()).toBe('active');
  });

  it('keeps the names of those who left', async () => {
    const kesha = await service.hire();
    await asAdmin().post(`/users/${kesha.id}/deactivate`).expect(200);
    const again = newcomer({ email: kesha.email });
    await service.client.anonymous().post('/sign-up').send(again).expect(409);
  });
});

describe('the last active administrator', () => {
  const patchRole = (id: string) => patch(asAdmin(), id, { role: 'employee' });
  const deactivate = (id: string) => asAdmin().post(`/users/${id}/deactivate`);

  it('can neither leave nor lose the role, until there is another', async () => {
    const only = await hireAs('admin');
    expect((await deactivate(only.id)).body.type).toBe('last-administrator');
    expect((await patchRole(only.id)).body.type).toBe('last-administrator');
    const second = await hireAs('admin');
    await deactivate(only.id).expect(200);
    expect((await deactivate(second.id)).status).toBe(409);
    await asAdmin().post(`/users/${only.id}/activate`).expect(200);
    expect((await patchRole(second.id)).status).toBe(200);
    expect((await patchRole(only.id)).status).toBe(409);
  });

  it('is left over when all leave at once', async () => {
    const admins = [await hireAs('admin'), await hireAs('admin'), await hireAs('admin')];
    const found = await asAdmin().get('/users?role=admin&status=active').expect(200);
    const all = (found.body.items as { id: string }[]).map(({ id }) => id);
    expect(all.length).toBeGreaterThanOrEqual(admins.length);
    const answers = await Promise.all(
      all.map((id, index) => (index % 2 === 0 ? deactivate(id) : patchRole(id))),
    );
    const refused = answers.filter(({ status }) => status === 409);
    expect(refused).toHaveLength(1);
  });
});

describe('POST /users', () => {
  it('registers an employee who is inactive until a beak shape is set', async () => {
    const { beakShape, ...person } = newcomer();
    const answer = await asAdmin().post('/users').send(person).expect(201);
    expect(answer.body).toMatchObject({ role: 'employee', status: 'inactive', version: 1 });
    await service.openAccounts(person.id);
    const status = async () => (await asAdmin().get(`/users/${person.id}`)).body.status;
    expect(await status()).toBe('inactive');
    await asAdmin().post(`/users/${person.id}/beak-shape`).send({ beakShape }).expect(204);
    expect(await lettersOwedTo(person.id)).toEqual([]);
    expect(await status()).toBe('active');
  });

  it('answers the same request alike, and another with the same id by 409', async () => {
    const person = newcomer();
    await asAdmin().post('/users').send(person).expect(201);
    await asAdmin().post('/users').send(person).expect(201);
    await asAdmin()
      .post('/users')
      .send(newcomer({ id: person.id }))
      .expect(409);
    await service.client.anonymous().post('/sign-up').send(person).expect(409);
  });

  it.each([{ role: 'admin' }, { status: 'active' }, { managerId: null }])(
    'takes no %j',
    async (extra) => {
      await asAdmin()
        .post('/users')
        .send({ ...newcomer(), ...extra })
        .expect(400);
    },
  );

  it('is for those who manage users', async () => {
    const kesha = await service.hire();
    await as(kesha).post('/users').send(newcomer()).expect(403);
  });
});

describe('POST /users/{id}/beak-shape', () => {
  it('replaces one’s own with the current one, another’s with users.manage', async () => {
    const kesha = await service.hire();
    const post = (caller: ReturnType<typeof asAdmin>, body: object) =>
      caller.post(`/users/${kesha.id}/beak-shape`).send(body);
    await post(as(kesha), { beakShape: 'straight-red-7' }).expect(400);
    const wrong = await post(as(kesha), { beakShape: 'straight-red-7', current: 'not-my-beak' });
    expect([wrong.status, wrong.body.type]).toEqual([403, 'wrong-beak-shape']);
    await post(as(kesha), { beakShape: 'straight-red-7', current: kesha.beakShape }).expect(204);
    expect(service.auth.shapes.get(kesha.id)).toBe('straight-red-7');
    await post(asAdmin(), { beakShape: 'round-green-9' }).expect(204);
    expect(service.auth.shapes.get(kesha.id)).toBe('round-green-9');
    await post(as(await service.hire()), { beakShape: 'stolen-beak', current: 'whatever' }).expect(
      404,
    );
  });

  it('owes the person a letter for each change, whoever made it, none for the first', async () => {
    const kesha = await service.hire();
    expect(await lettersOwedTo(kesha.id)).toEqual([]);
    const post = (caller: ReturnType<typeof asAdmin>, body: object) =>
      caller.post(`/users/${kesha.id}/beak-shape`).send(body);
    await post(as(kesha), { beakShape: 'straight-red-7', current: 'not-my-beak' }).expect(403);
    expect(await lettersOwedTo(kesha.id)).toEqual([]);
    const letter = {
      recipient: recipient(kesha),
      content: { template: 'beak-shape-changed' },
    };
    await post(asAdmin(), { beakShape: 'round-green-9' }).expect(204);
    expect(await lettersOwedTo(kesha.id)).toEqual([letter]);
    await post(as(kesha), { beakShape: 'oval-blue-3', current: 'round-green-9' }).expect(204);
    expect(await lettersOwedTo(kesha.id)).toEqual([letter, letter]);
  });

  it('sends the letter about it to the person', async () => {
    const kesha = await service.hire();
    await asAdmin()
      .post(`/users/${kesha.id}/beak-shape`)
      .send({ beakShape: 'straight-red-7' })
      .expect(204);
    const letters: { to: string }[] = [];
    service.neighbours.answer(putLetter, ({ body }) => {
      letters.push(body);
      return { sent: true, alreadySent: false };
    });
    const job = service.app.jobs!.find(({ name }) => name === 'due-letters')!;
    await job.run();
    await job.run();
    expect(letters.filter(({ to }) => to === kesha.email)).toEqual([
      { ...recipient(kesha), letter: { template: 'beak-shape-changed' } },
    ]);
  });

  it('answers 503 with Retry-After while Auth is away', async () => {
    const kesha = await service.hire();
    service.auth.isAway = true;
    const body = { beakShape: 'straight-red-7' };
    const answer = await asAdmin().post(`/users/${kesha.id}/beak-shape`).send(body).expect(503);
    expect(answer.headers['retry-after']).toBe('1');
    service.auth.isAway = false;
  });
});

describe('GET /users', () => {
  it('pages through all users once, newest first', async () => {
    const [first, second] = [await service.hire(), await service.hire()];
    const seen: string[] = [];
    let cursor = '';
    do {
      const { body } = await asAdmin().get(`/users?limit=3${cursor}`).expect(200);
      seen.push(...(body.items as { id: string }[]).map(({ id }) => id));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    const [{ count }] = (await query<{ count: bigint }>(
      service.database,
      `SELECT count(*) FROM users`,
    )) as [{ count: bigint }];
    expect(new Set(seen).size).toBe(Number(count));
    expect(seen).toHaveLength(Number(count));
    expect(seen.slice(0, 2)).toEqual([second.id, first.id]);
  });

  it('filters by role, status, manager and a piece of a name, taken literally', async () => {
    const manager = await hireAs('manager');
    const kesha = await service.hire({ nickname: 'percent_kesha', email: 'a-b@popug.example' });
    await patch(asAdmin(), kesha.id, { managerId: manager.id });
    const idsOf = async (filter: string) => {
      const { body } = await asAdmin().get(`/users?${filter}`).expect(200);
      return (body.items as { id: string }[]).map(({ id }) => id);
    };
    expect(await idsOf(`managerId=${manager.id}`)).toEqual([kesha.id]);
    expect(await idsOf('q=T_KESHA')).toEqual([kesha.id]);
    expect(await idsOf('q=a-b%40popug')).toEqual([kesha.id]);
    expect(await idsOf('q=percent%25')).toEqual([]);
    expect((await idsOf('role=manager&status=active'))[0]).toBe(manager.id);
  });

  const noYear = JSON.stringify({ registeredAt: '0000-01-01T00:00:00Z', id: newId() });
  it.each([
    'limit=0',
    'limit=101',
    'limit=1.5',
    'limit=abc',
    'cursor=abc',
    `cursor=${Buffer.from(noYear).toString('base64url')}`,
    'role=king',
    'x=1',
  ])('refuses %s', (query) => asAdmin().get(`/users?${query}`).expect(400));

  it('is for those who manage users', async () => {
    await as(await service.hire())
      .get('/users')
      .expect(403);
  });
});

describe('a search for a name', () => {
  it('finds it however it is typed, in every locale of the server', async () => {
    const person = await service.hire({ nickname: 'Йодль-Ёж' });
    const [{ locale }] = (await query<{ locale: string }>(
      service.database,
      'SELECT datcollate AS locale FROM pg_database WHERE datname = current_database()',
    )) as [{ locale: string }];
    for (const q of ['йодль-ё'.normalize('NFD'), 'ЙОДЛЬ'.normalize('NFC'), 'ЁЖ'.normalize('NFD')]) {
      for (const list of ['/users', '/people']) {
        const answer = await asAdmin().get(list).query({ q }).expect(200);
        const ids = answer.body.items.map(({ id }: { id: string }) => id);
        expect([locale, q, list, ids]).toEqual([locale, q, list, [person.id]]);
      }
    }
  });
});

describe('GET /people', () => {
  it('names people by their ids, all on one page, and shows nothing else of them', async () => {
    const people = await Promise.all(Array.from({ length: 25 }, () => service.hire()));
    const ids = people.map(({ id }) => id).join();
    const { body } = await as(people[0]!).get(`/people?ids=${ids}`).expect(200);
    expect(body.items).toHaveLength(people.length);
    expect(body.next).toBeNull();
    const last = people.at(-1)!;
    expect(body.items).toContainEqual({
      id: last.id,
      nickname: last.nickname,
      role: 'employee',
      status: 'active',
    });
  });

  it('finds people by a piece of their nickname, not by email', async () => {
    const gosha = await service.hire({ nickname: 'Гоша', email: 'secret@popug.example' });
    const find = async (q: string) =>
      (await as(gosha).get('/people').query({ q }).expect(200)).body.items as { id: string }[];
    expect((await find('гОШ')).map(({ id }) => id)).toEqual([gosha.id]);
    expect(await find('secret')).toEqual([]);
  });

  it.each(['ids=abc', `ids=${newId().toUpperCase()}`, 'q=a&q=b'])('refuses %s', (query) =>
    as({ id: newId() }).get(`/people?${query}`).expect(400),
  );

  it('is for the signed in', () => service.client.anonymous().get('/people').expect(401));
});

describe('what other services ask', () => {
  it('names active employees and accountants only', async () => {
    const [employee, accountant, manager, leaver] = [
      await service.hire(),
      await hireAs('accountant'),
      await hireAs('manager'),
      await service.hire(),
    ];
    await asAdmin().post(`/users/${leaver.id}/deactivate`).expect(200);
    const { body } = await service.client.service('board').get('/active-employee-ids').expect(200);
    expect(body.ids).toEqual(expect.arrayContaining([employee.id, accountant.id]));
    expect(body.ids).not.toContain(manager.id);
    expect(body.ids).not.toContain(leaver.id);
  });

  it('tells where to write to, also those who left', async () => {
    const leaver = await service.hire();
    await asAdmin().post(`/users/${leaver.id}/deactivate`).expect(200);
    const ask = (id: string) => service.client.service('account-worker').get(`/users/${id}/email`);
    const { nickname, email } = leaver;
    expect((await ask(leaver.id).expect(200)).body).toEqual({ nickname, email, locale: 'en' });
    await ask(newId()).expect(404);
    await service.client.service('account').get(`/users/${leaver.id}/email`).expect(200);
  });

  it.each([
    ['board', 'email'],
    ['gateway', 'email'],
    ['board', 'bank-account'],
    ['account', 'subordinate-ids'],
  ])('answers 404 to %s for %s', (app, path) =>
    service.client.service(app).get(`/users/${newId()}/${path}`).expect(404),
  );
});

describe('what administrators do to others', () => {
  const auditOf = (id: string) =>
    query(
      service.database,
      'SELECT actor_id, action, details FROM audit_log WHERE subject = $1 ORDER BY at, action',
      [id],
    );
  const by = { actor_id: administrator.id };
  const reset = (id: string) =>
    asAdmin().post(`/users/${id}/beak-shape`).send({ beakShape: 'round-green-9' });

  it('is on record: email, manager, nickname, language; what people do themselves is not', async () => {
    const [kesha, boss] = [await service.hire(), await service.hire()];
    const email = `audited-${kesha.email}`;
    await patch(as(kesha), kesha.id, { nickname: `own-${kesha.nickname}` });
    await patch(asAdmin(), kesha.id, { email, managerId: boss.id, locale: 'ru' });
    await patch(asAdmin(), kesha.id, { nickname: kesha.nickname });
    expect(await auditOf(kesha.id)).toMatchObject([
      { ...by, action: 'email.changed', details: { before: kesha.email, after: email } },
      { ...by, action: 'locale.changed', details: { before: 'en', after: 'ru' } },
      { ...by, action: 'manager.changed', details: { before: null, after: boss.id } },
      {
        ...by,
        action: 'nickname.changed',
        details: { before: `own-${kesha.nickname}`, after: kesha.nickname },
      },
    ]);
  });

  it('is on record when they reset a beak shape, and told to the address of before', async () => {
    const kesha = await service.hire();
    const email = `moved-${kesha.email}`;
    await patch(asAdmin(), kesha.id, { email });
    await reset(kesha.id).expect(204);
    expect((await auditOf(kesha.id)).at(-1)).toEqual({
      ...by,
      action: 'beak-shape.reset',
      details: { before: null, after: 'done', reason: null },
    });
    const letters = await lettersOwedTo(kesha.id);
    const content = { template: 'beak-shape-changed' };
    expect(letters).toContainEqual({ recipient: { ...recipient(kesha), to: email }, content });
    const before = { ...recipient(kesha), mayBeGone: true };
    expect(letters).toContainEqual({ recipient: before, content });
  });

  it('is told to the address of before, however often the address was changed since', async () => {
    const kesha = await service.hire();
    const moves = [1, 2, 3, 4, 5, 6].map((at) => `move-${at}-${kesha.email}`);
    for (const email of [...moves, kesha.email, `last-${kesha.email}`]) {
      expect((await patch(as(kesha), kesha.id, { email })).status).toBe(200);
    }
    await reset(kesha.id).expect(204);
    const letters = await lettersOwedTo(kesha.id);
    const before = { ...recipient(kesha), mayBeGone: true };
    expect(letters).toContainEqual({
      recipient: before,
      content: { template: 'beak-shape-changed' },
    });
  });

  it('is told to the other administrators where money is decided about', async () => {
    const [accountant, employee] = [await hireAs('accountant'), await service.hire()];
    const [other, actor] = [await hireAs('admin'), await hireAs('admin')];
    const asActor = as(actor, { role: 'admin' });
    for (const { id } of [accountant, employee]) {
      await asActor
        .post(`/users/${id}/beak-shape`)
        .send({ beakShape: 'round-green-9' })
        .expect(204);
    }
    const content = {
      template: 'beak-shape-reset',
      nickname: accountant.nickname,
      by: actor.nickname,
    };
    expect(await lettersOwedTo(other.id)).toEqual([{ recipient: recipient(other), content }]);
    expect(await lettersOwedTo(actor.id)).toEqual([]);
  });

  it('is told though the answer of Auth was lost, once', async () => {
    const kesha = await service.hire();
    service.auth.isAway = true;
    await reset(kesha.id).expect(503);
    service.auth.isAway = false;
    expect(await lettersOwedTo(kesha.id)).toEqual([]);
    const later = service.contextAt(new Date(Date.now() + 60_000));
    await Promise.all([tellUnclearChanges(later), tellUnclearChanges(later)]);
    await tellUnclearChanges(later);
    expect(await lettersOwedTo(kesha.id)).toHaveLength(1);
    expect(await auditOf(kesha.id)).toEqual([
      {
        ...by,
        action: 'beak-shape.reset',
        details: { before: null, after: 'unclear', reason: null },
      },
    ]);
  });

  it('is not told when Auth refused it', async () => {
    const kesha = await service.hire();
    const body = { beakShape: 'straight-red-7', current: 'not-my-beak' };
    await as(kesha).post(`/users/${kesha.id}/beak-shape`).send(body).expect(403);
    await tellUnclearChanges(service.contextAt(new Date(Date.now() + 60_000)));
    expect(await lettersOwedTo(kesha.id)).toEqual([]);
  });
});
