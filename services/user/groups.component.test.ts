import { userUpdated } from '../shared/contracts/events/users';
import { query } from '../shared/db/data-source';
import { newId } from '../shared/kernel/ids';
import { administrator, startUserService, type UserUnderTest } from './testing/user-service';

let service: UserUnderTest;
beforeAll(async () => {
  service = await startUserService();
});
afterAll(() => service.stop());

const asAdmin = () => service.client.as(administrator);
let count = 0;
const someName = (): string => `Night shift ${(count += 1)}`;

interface Group {
  id: string;
  name: string;
  permissions: string[];
  members: string[];
  membersNext: string | null;
  memberCount: number;
  version: number;
}

async function create(body: object = {}): Promise<Group> {
  const answer = await asAdmin()
    .post('/groups')
    .send({ name: someName(), ...body })
    .expect(201);
  return answer.body as Group;
}
const read = async (id: string): Promise<Group> =>
  (await asAdmin().get(`/groups/${id}`).expect(200)).body as Group;
const add = (group: { id: string }, person: { id: string }) =>
  asAdmin().put(`/groups/${group.id}/members/${person.id}`);
const remove = (group: { id: string }, person: { id: string }) =>
  asAdmin().delete(`/groups/${group.id}/members/${person.id}`);
const setPermissions = (group: { id: string }, permissions: string[]) =>
  asAdmin().put(`/groups/${group.id}/permissions`).send({ permissions });
const seen = async (person: { id: string }) =>
  (await asAdmin().get(`/users/${person.id}`).expect(200)).body;
const auditOf = (id: string) =>
  query(
    service.database,
    'SELECT actor_id, action, details FROM audit_log WHERE subject = $1 ORDER BY id',
    [id],
  );
const lastEvent = async ({ id }: { id: string }) => (await service.eventsAbout(id)).at(-1)!;

describe('POST /groups', () => {
  it('creates a group without members, and writes it down', async () => {
    const body = { id: newId(), name: someName(), permissions: ['payouts.manage'] };
    const answer = await asAdmin().post('/groups').send(body).expect(201);
    expect(answer.headers['etag']).toBe('"1"');
    const empty = { members: [], membersNext: null, memberCount: 0, version: 1 };
    expect(answer.body).toEqual({ ...body, ...empty });
    expect(await read(body.id)).toEqual(answer.body);
    const after = { name: body.name, permissions: body.permissions };
    expect(await auditOf(body.id)).toEqual([
      {
        actor_id: administrator.id,
        action: 'group.created',
        details: { before: null, after, reason: null },
      },
    ]);
  });

  it('answers the same request alike, also after changes, and another with the id by 409', async () => {
    const body = { id: newId(), name: someName(), permissions: ['payouts.manage'] };
    const send = (more: object = {}) =>
      asAdmin()
        .post('/groups')
        .send({ ...body, ...more });
    const first = await send().expect(201);
    await setPermissions(body, []).expect(200);
    expect((await send().expect(201)).body).toEqual(first.body);
    const other = await send({ permissions: [] }).expect(409);
    expect(other.body.type).toBe('id-taken');
    const stranger = service.client.as({ role: 'admin' });
    expect((await stranger.post('/groups').send(body).expect(409)).body.type).toBe('id-taken');
    expect(await auditOf(body.id)).toHaveLength(2);
  });

  it('names the same group for the same idempotency key', async () => {
    const body = { name: someName() };
    const send = () => asAdmin().post('/groups').set('idempotency-key', 'one-group').send(body);
    expect((await send().expect(201)).body.id).toBe((await send().expect(201)).body.id);
  });

  it('refuses a name that another group has, without case, also of five at once', async () => {
    const name = someName();
    const send = () => asAdmin().post('/groups').send({ name: name.toUpperCase() });
    const answers = await Promise.all([1, 2, 3, 4, 5].map(send));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409, 409]);
    const answer = await asAdmin().post('/groups').send({ name }).expect(409);
    expect(answer.body.type).toBe('name-taken');
  });

  it('stores names in NFC and trimmed', async () => {
    const { name } = await create({ name: `  ${'Ёжики'.normalize('NFD')} ` });
    expect(name).toBe('Ёжики'.normalize('NFC'));
    await create({ name: 'ж'.repeat(100) });
  });

  it.each([
    {},
    { name: '' },
    { name: '   ' },
    { name: 'ж'.repeat(101) },
    { name: 'two\nlines' },
    { name: 'zero\u200bwidth' },
    { name: 'A', permissions: ['all'] },
    { name: 'A', permissions: null },
    { name: 'A', id: 'abc' },
    { name: 'A', members: [] },
    { name: 'A', version: 1 },
  ])('refuses %j', (body) => asAdmin().post('/groups').send(body).expect(400));
});

describe('GET /groups', () => {
  it('pages through all groups once, newest first, with the number of members', async () => {
    const [first, second, third] = [await create(), await create(), await create()];
    await add(second, await service.hire()).expect(200);
    const seenGroups: Group[] = [];
    let cursor = '';
    do {
      const { body } = await asAdmin().get(`/groups?limit=2${cursor}`).expect(200);
      seenGroups.push(...(body.items as Group[]));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(new Set(seenGroups.map(({ id }) => id)).size).toBe(seenGroups.length);
    expect(seenGroups.slice(0, 3)).toEqual(
      [third, second, first].map(({ id, name }) => {
        const memberCount = id === second.id ? 1 : 0;
        return { id, name, permissions: [], memberCount, version: memberCount + 1 };
      }),
    );
  });

  it.each(['limit=0', 'limit=101', 'cursor=abc', 'x=1'])('refuses %s', (query) =>
    asAdmin().get(`/groups?${query}`).expect(400),
  );
});

describe('GET /groups/{id}', () => {
  it('shows members page by page', async () => {
    const group = await create();
    const people = await Promise.all([1, 2, 3].map(() => service.hire()));
    for (const person of people) await add(group, person).expect(200);
    const page = async (more: string) =>
      (await asAdmin().get(`/groups/${group.id}?limit=2${more}`).expect(200)).body as Group;
    const first = await page('');
    expect(first).toMatchObject({ memberCount: 3, version: 4 });
    const second = await page(`&cursor=${first.membersNext}`);
    expect(second.membersNext).toBeNull();
    const ids = people.map(({ id }) => id).sort();
    expect([first.members, second.members]).toEqual([ids.slice(0, 2), ids.slice(2)]);
    await asAdmin().get(`/groups/${group.id}?cursor=abc`).expect(400);
  });

  it('is 404 for no group, 400 for no id', async () => {
    await asAdmin().get(`/groups/${newId()}`).expect(404);
    await asAdmin().get('/groups/abc').expect(400);
  });
});

describe('PATCH /groups/{id}', () => {
  const patch = (id: string, body: object, version: string) =>
    asAdmin().patch(`/groups/${id}`).set('if-match', version).send(body);

  it('renames, needs the version that was read, and writes the change down', async () => {
    const { id, name } = await create();
    await asAdmin().patch(`/groups/${id}`).send({ name }).expect(428);
    await patch(id, { name: 'x' }, '"7"').expect(412);
    const renamed = `${name} leads`;
    const answer = await patch(id, { name: renamed }, '"1"').expect(200);
    expect(answer.headers['etag']).toBe('"2"');
    expect(answer.body).toMatchObject({ name: renamed, version: 2 });
    expect((await patch(id, { name: renamed }, '"2"').expect(200)).body.version).toBe(2);
    expect((await patch(id, {}, '*').expect(200)).body.version).toBe(2);
    expect((await auditOf(id)).at(-1)).toMatchObject({
      action: 'group.renamed',
      details: { before: name, after: renamed },
    });
  });

  it('refuses the name of another group, and lets the case of its own change', async () => {
    const [one, other] = [await create(), await create()];
    const taken = await patch(one.id, { name: other.name.toUpperCase() }, '*').expect(409);
    expect(taken.body.type).toBe('name-taken');
    await patch(one.id, { name: one.name.toUpperCase() }, '*').expect(200);
    await patch(one.id, { permissions: [] }, '*').expect(400);
    await patch(newId(), { name: 'x' }, '*').expect(404);
  });
});

describe('permissions of a group', () => {
  it('are each member’s beside those of the role and their own, in event and answer', async () => {
    const kesha = await service.hire();
    const group = await create({ permissions: ['analytics.view'] });
    const own = { permissions: ['users.manage'] };
    await asAdmin().put(`/users/${kesha.id}/permissions`).send(own).expect(200);
    const answer = await add(group, kesha).expect(200);
    expect(answer.body).toMatchObject({ members: [kesha.id], memberCount: 1, version: 2 });
    const effective = ['analytics.view', 'users.manage'];
    expect(await seen(kesha)).toMatchObject({
      permissions: effective,
      ownPermissions: ['users.manage'],
      groups: [{ id: group.id, name: group.name }],
      version: 4,
    });
    const { type, data } = await lastEvent(kesha);
    expect(type).toBe('UserUpdated.v1');
    expect(userUpdated.schema.parse(data)).toEqual(data);
    expect(data).toMatchObject({ version: 4, permissions: effective });
    await setPermissions(group, ['operations.manage', 'tasks.view-all']).expect(200);
    const changed = ['tasks.view-all', 'users.manage', 'operations.manage'];
    expect((await seen(kesha)).permissions).toEqual(changed);
    expect((await lastEvent(kesha)).data).toMatchObject({ version: 5, permissions: changed });
    await remove(group, kesha).expect(204);
    expect(await seen(kesha)).toMatchObject({ permissions: ['users.manage'], groups: [] });
    expect((await lastEvent(kesha)).data).toMatchObject({ permissions: ['users.manage'] });
  });

  it('are told to nobody when the role or another group gives them already', async () => {
    const kesha = await service.hire();
    const body = { permissions: ['analytics.view'] };
    const [one, other] = [await create(body), await create(body)];
    await add(one, kesha).expect(200);
    const { version } = await seen(kesha);
    await add(other, kesha).expect(200);
    await remove(one, kesha).expect(204);
    expect(await seen(kesha)).toMatchObject({ version, permissions: ['analytics.view'] });
    await asAdmin().delete(`/groups/${other.id}`).expect(204);
    expect(await seen(kesha)).toMatchObject({ version: version + 1, permissions: [] });
    expect((await lastEvent(kesha)).data).toMatchObject({ permissions: [] });
    const self = asAdmin().patch(`/users/${kesha.id}`).set('if-match', '*');
    const { body: manager } = await self.send({ role: 'manager' }).expect(200);
    const told = (await service.eventsAbout(kesha.id)).length;
    await add(await create({ permissions: ['tasks.distribute'] }), kesha).expect(200);
    expect(await seen(kesha)).toMatchObject({
      version: manager.version,
      permissions: ['tasks.distribute', 'tasks.view-all'],
    });
    expect(await service.eventsAbout(kesha.id)).toHaveLength(told);
  });

  it('stay in the events of other changes', async () => {
    const kesha = await service.hire();
    await add(await create({ permissions: ['analytics.view'] }), kesha).expect(200);
    const { version } = await seen(kesha);
    await asAdmin()
      .patch(`/users/${kesha.id}`)
      .set('if-match', `"${version}"`)
      .send({ locale: 'ru' })
      .expect(200);
    expect((await lastEvent(kesha)).data).toMatchObject({
      version: version + 1,
      permissions: ['analytics.view'],
    });
  });

  it('give a deactivated member nothing until the person is back', async () => {
    const kesha = await service.hire();
    await asAdmin().post(`/users/${kesha.id}/deactivate`).expect(200);
    const group = await create({ permissions: ['analytics.view'] });
    await add(group, kesha).expect(200);
    expect(await seen(kesha)).toMatchObject({ permissions: [], version: 3, groups: [{}] });
    expect((await lastEvent(kesha)).type).toBe('UserDeactivated.v1');
    await asAdmin().post(`/users/${kesha.id}/activate`).expect(200);
    expect(await seen(kesha)).toMatchObject({ permissions: ['analytics.view'] });
    expect((await lastEvent(kesha)).data).toMatchObject({ permissions: ['analytics.view'] });
  });

  it('are replaced on the version that was read when one is named', async () => {
    const group = await create({ permissions: ['analytics.view'] });
    await setPermissions(group, []).set('if-match', '"2"').expect(412);
    await add(group, await service.hire())
      .set('if-match', '"2"')
      .expect(412);
    await asAdmin().delete(`/groups/${group.id}`).set('if-match', '"2"').expect(412);
    await asAdmin().delete(`/groups/${group.id}`).set('if-match', 'nonsense').expect(400);
    const answer = await setPermissions(group, []).set('if-match', '"1"').expect(200);
    expect(answer.headers['etag']).toBe('"2"');
    const same = await setPermissions(group, []).expect(200);
    expect(same.body.version).toBe(2);
    expect((await auditOf(group.id)).at(-1)).toMatchObject({
      action: 'group-permissions.changed',
      details: { before: ['analytics.view'], after: [] },
    });
    await setPermissions(group, ['all']).expect(400);
    await setPermissions({ id: newId() }, []).expect(404);
  });
});

describe('members of a group', () => {
  it('come and go once, however often that is said, each on record about the person', async () => {
    const [group, kesha] = [await create(), await service.hire()];
    for (const _ of [1, 2]) expect((await add(group, kesha).expect(200)).body.version).toBe(2);
    for (const _ of [1, 2]) await remove(group, kesha).expect(204);
    expect(await read(group.id)).toMatchObject({ members: [], version: 3 });
    const where = { groupId: group.id, group: group.name };
    expect(await auditOf(kesha.id)).toMatchObject([
      { action: 'group-member.added', details: { before: null, after: where } },
      { action: 'group-member.removed', details: { before: where, after: null } },
    ]);
  });

  it('are known people of known groups', async () => {
    const [group, kesha] = [await create(), await service.hire()];
    await add(group, { id: newId() }).expect(404);
    await add({ id: newId() }, kesha).expect(404);
    await remove(group, { id: newId() }).expect(404);
    await remove({ id: newId() }, kesha).expect(404);
    await add(group, { id: 'abc' }).expect(400);
  });

  it('are freed with the group, which is on record about group and members', async () => {
    const kesha = await service.hire();
    const group = await create({ permissions: ['analytics.view'] });
    await add(group, kesha).expect(200);
    await asAdmin().delete(`/groups/${group.id}`).expect(204);
    await asAdmin().get(`/groups/${group.id}`).expect(404);
    await asAdmin().delete(`/groups/${group.id}`).expect(404);
    expect(await seen(kesha)).toMatchObject({ permissions: [], groups: [] });
    const { id, name, permissions } = group;
    expect((await auditOf(id)).at(-1)).toMatchObject({
      action: 'group.deleted',
      details: { before: { name, permissions, memberCount: 1 }, after: null },
    });
    expect((await auditOf(kesha.id)).at(-1)).toMatchObject({
      action: 'group-member.removed',
      details: { before: { groupId: id, group: name }, reason: 'The group was deleted' },
    });
    await create({ name });
  });
});

it('groups are for those who manage users, by whatever way', async () => {
  const { id } = await create();
  const stranger = service.client.as({ role: 'manager' });
  const path = `/groups/${id}`;
  await stranger.get('/groups').expect(403);
  await stranger.post('/groups').send({ name: 'mine' }).expect(403);
  await stranger.get(path).expect(403);
  await stranger.patch(path).set('if-match', '*').send({}).expect(403);
  await stranger.delete(path).expect(403);
  await stranger.put(`${path}/members/${newId()}`).expect(403);
  await stranger.delete(`${path}/members/${newId()}`).expect(403);
  await stranger.put(`${path}/permissions`).send({ permissions: [] }).expect(403);
  const manager = service.client.as({ permissions: ['users.manage'] });
  await manager.get(path).expect(200);
  await service.client.anonymous().get(path).expect(401);
});
