import { newId } from '../shared/kernel/ids';
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

const asAdmin = () => service.client.as(administrator);
const seen = async (id: string, caller = asAdmin()) =>
  (await caller.get(`/users/${id}`).expect(200)).body;

async function groupOf(name: string, ...people: { id: string }[]): Promise<object> {
  const body = { name, permissions: ['analytics.view'] };
  const group = (await asAdmin().post('/groups').send(body).expect(201)).body as { id: string };
  for (const { id } of people) await asAdmin().put(`/groups/${group.id}/members/${id}`).expect(200);
  return { id: group.id, name };
}

describe('what is seen of a user', () => {
  it('is how far the activation has come, by those who manage users', async () => {
    const { beakShape, ...person } = newcomer();
    const answer = await asAdmin().post('/users').send(person).expect(201);
    expect(answer.body).toMatchObject({
      ownPermissions: [],
      groups: [],
      fullName: null,
      awaitsApproval: false,
      activation: { credentialsSet: false, accountOpened: false },
    });
    expect(new Date(answer.body.createdAt).getTime()).toBeGreaterThan(Date.now() - 60_000);
    expect(await seen(person.id)).toEqual(answer.body);
    await service.openAccounts(person.id);
    const activation = async () => (await seen(person.id)).activation;
    expect(await activation()).toEqual({ credentialsSet: false, accountOpened: true });
    await asAdmin().post(`/users/${person.id}/beak-shape`).send({ beakShape }).expect(204);
    expect(await activation()).toEqual({ credentialsSet: true, accountOpened: true });
    const again = await asAdmin().post('/users').send(person).expect(201);
    expect(again.body).toEqual(answer.body);
  });

  it('is what is granted personally and by groups, also by the person, in every answer', async () => {
    const kesha = await service.hire();
    const groups = [await groupOf('b-team', kesha), await groupOf('A-team', kesha)].reverse();
    const path = `/users/${kesha.id}`;
    const permissions = ['users.manage'];
    const answers = [
      await asAdmin().put(`${path}/permissions`).send({ permissions }).expect(200),
      await asAdmin().get(path).expect(200),
      await service.client.as({ id: kesha.id }).get(path).expect(200),
      await asAdmin().patch(path).set('if-match', '*').send({ locale: 'ru' }).expect(200),
      await asAdmin().post(`${path}/deactivate`).expect(200),
      await asAdmin().post(`${path}/activate`).expect(200),
    ];
    for (const { body, headers } of answers) {
      expect(body).toMatchObject({ ownPermissions: permissions, groups });
      const ofGroups = body.status === 'deactivated' ? [] : ['analytics.view'];
      expect(body.permissions).toEqual([...ofGroups, ...permissions]);
      expect(headers['etag']).toBe(`"${body.version}"`);
    }
    await service.client.as({ id: newId() }).get(path).expect(404);
  });

  it('is the same in the list', async () => {
    const [kesha, gosha] = [await service.hire(), await service.hire()];
    await groupOf('listed', kesha, gosha);
    const { body } = await asAdmin().get('/users?limit=2').expect(200);
    expect(body.items).toEqual([await seen(gosha.id), await seen(kesha.id)]);
    expect(body.items[0].groups).toHaveLength(1);
  });
});

it('personal permissions are replaced on the version that was read when one is named', async () => {
  const { id } = await service.hire();
  const put = (version: string) =>
    asAdmin()
      .put(`/users/${id}/permissions`)
      .set('if-match', version)
      .send({ permissions: ['users.manage'] });
  await put('"1"').expect(412);
  await put('"2"').expect(200);
});

it('who may manage users by a group is no administrator: the last one stays', async () => {
  const [admin, manager] = [await service.hire(), await service.hire()];
  const patch = (role: string) =>
    asAdmin().patch(`/users/${admin.id}`).set('if-match', '*').send({ role });
  await patch('admin').expect(200);
  const body = { name: 'keepers', permissions: ['users.manage'] };
  const { id } = (await asAdmin().post('/groups').send(body).expect(201)).body;
  await asAdmin().put(`/groups/${id}/members/${manager.id}`).expect(200);
  expect((await patch('employee').expect(409)).body.type).toBe('last-administrator');
  const leave = await asAdmin().post(`/users/${admin.id}/deactivate`).expect(409);
  expect(leave.body.type).toBe('last-administrator');
});
