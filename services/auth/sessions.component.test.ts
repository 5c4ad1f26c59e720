import type { UserSnapshot } from '../shared/contracts/events/users';
import { userDeactivated } from '../shared/contracts/events/users';
import { newId } from '../shared/kernel/ids';
import { cloudEventOf } from '../shared/testing/cloud-events';
import { claimsOf, startAuthService, type AuthUnderTest } from './testing/auth-service';

let auth: AuthUnderTest;
beforeAll(async () => {
  auth = await startAuthService();
});
afterAll(() => auth.stop());

interface ListedSession {
  id: string;
  address: string;
  current: boolean;
}
const listed = async (token: string): Promise<ListedSession[]> =>
  (await auth.get('/sessions', token).expect(200)).body.items;

describe('sessions', () => {
  it('are listed to their owner, newest first, page by page', async () => {
    const kesha = await auth.know();
    await auth.tryLogIn(kesha.nickname, kesha.beakShape, '198.51.100.7').expect(200);
    const { token } = await auth.logIn(kesha);
    const sessions = await listed(token);
    expect(sessions.map(({ address, current }) => [address, current])).toEqual([
      ['192.0.2.1', true],
      ['198.51.100.7', false],
    ]);
    const first = await auth.get('/sessions?limit=1', token).expect(200);
    const second = await auth.get(`/sessions?limit=1&cursor=${first.body.next}`, token);
    expect([...first.body.items, ...second.body.items]).toEqual(sessions);
    expect(second.body.next).toBeNull();
  });

  it('end when their owner says so, twice included, and at nobody else’s word', async () => {
    const [kesha, gosha] = [await auth.know(), await auth.know()];
    const [{ token }, other] = [await auth.logIn(kesha), await auth.logIn(gosha)];
    const { sid } = claimsOf(token);
    await auth.delete(`/sessions/${sid}`, other.token).expect(404);
    await auth.delete(`/sessions/${newId()}`, token).expect(404);
    expect(await auth.isAlive(token)).toBe(true);
    await auth.delete(`/sessions/${sid}`, token).expect(204);
    await auth.delete(`/sessions/${sid}`, token).expect(204);
    expect(await auth.isAlive(token)).toBe(false);
  });

  it('end when their user is deactivated', async () => {
    const kesha = await auth.know();
    const { token, refreshToken } = await auth.logIn(kesha);
    await auth.publish('deactivated', { ...kesha, version: 3, status: 'deactivated' });
    expect(await auth.isAlive(token)).toBe(false);
    await auth.refresh(refreshToken).expect(401);
  });

  it('end by a deactivation that comes after the reactivation', async () => {
    const kesha = await auth.know();
    const { token, refreshToken } = await auth.logIn(kesha);
    await auth.publish('updated', { ...kesha, version: 4, status: 'active' });
    await auth.publish('deactivated', { ...kesha, version: 3, status: 'deactivated' });
    expect(await auth.isAlive(token)).toBe(false);
    await auth.refresh(refreshToken).expect(401);
    await auth.logIn(kesha);
  });

  it('begun after somebody is active again outlive the replay of their deactivation', async () => {
    const kesha = await auth.know();
    const { token: before } = await auth.logIn(kesha);
    const gone = { ...kesha, version: 3, status: 'deactivated' } as const;
    const deactivation = { ...cloudEventOf(userDeactivated, gone), time: new Date().toISOString() };
    await auth.publish('updated', { ...kesha, version: 4, status: 'active' });
    const { token: since } = await auth.logIn(kesha);
    await auth.client.deliver('users', [deactivation]).expect(200);
    expect(await auth.isAlive(before)).toBe(false);
    expect(await auth.isAlive(since)).toBe(true);
  });

  const more: UserSnapshot['permissions'] = [
    'tasks.distribute',
    'tasks.view-all',
    'analytics.view',
  ];
  it.each<[string, Partial<UserSnapshot>]>([
    ['lost a role', { role: 'employee', permissions: [] }],
    ['changed roles, keeping all permissions', { role: 'admin', permissions: more }],
    ['lost a permission', { permissions: ['tasks.view-all'] }],
    ['was granted a permission', { permissions: more }],
  ])('of somebody who %s live on, and their next token says so', async (_, change) => {
    const manager = await auth.know({ role: 'manager' });
    const { token, refreshToken } = await auth.logIn(manager);
    const { beakShape: __, ...user } = manager;
    await auth.publish('updated', { ...user, version: 3, ...change });
    expect(await auth.isAlive(token)).toBe(true);
    const { body } = await auth.refresh(refreshToken).expect(200);
    const { role, permissions } = { ...manager, ...change };
    expect(claimsOf(body.token)).toMatchObject({ role, permissions });
  });

  it('are at most twenty: one more ends the oldest', async () => {
    const kesha = await auth.know();
    const oldest = await auth.logIn(kesha);
    for (let count = 0; count < 19; count += 1) await auth.logIn(kesha);
    expect(await auth.isAlive(oldest.token)).toBe(true);
    const { token } = await auth.logIn(kesha);
    expect(await auth.isAlive(oldest.token)).toBe(false);
    expect(await listed(token)).toHaveLength(20);
  });

  it('are told to the gateway alone', async () => {
    const kesha = await auth.know();
    const { sid } = claimsOf((await auth.logIn(kesha)).token);
    const ask = (app: string, id: string) => auth.client.service(app).get(`/sessions/${id}`);
    const { userId, role, permissions } = kesha;
    const rights = { role, permissions };
    expect((await ask('gateway', sid)).body).toEqual({ active: true, userId, rights });
    const nobody = { active: false, userId: null, rights: null };
    expect((await ask('gateway', newId())).body).toEqual(nobody);
    const { beakShape: _, ...user } = kesha;
    await auth.publish('updated', { ...user, version: 3, permissions: more });
    const granted = { role, permissions: more };
    expect((await ask('gateway', sid)).body).toEqual({ active: true, userId, rights: granted });
    await ask('board', sid).expect(404);
  });
});

describe('credentials', () => {
  const put = (userId: string, beakShape: string) =>
    auth.client.service('user').put(`/credentials/${userId}`).send({ beakShape }).expect(200);
  const replace = (userId: string, beakShape: string, current: string | null) =>
    auth.client
      .service('user')
      .post(`/credentials/${userId}/beak-shape`)
      .send({ beakShape, current });

  it('are created once: the same shape again matches, another takes nothing over', async () => {
    const kesha = await auth.know();
    expect((await put(kesha.userId, kesha.beakShape)).body).toEqual({
      created: false,
      matches: true,
    });
    expect((await put(kesha.userId, 'thieves-beak')).body).toEqual({
      created: false,
      matches: false,
    });
    await auth.tryLogIn(kesha.userId, 'thieves-beak').expect(401);
    await auth.logIn(kesha);
  });

  it('are created by one of four different shapes at once', async () => {
    const kesha = { userId: newId() };
    const shapes = Array.from({ length: 4 }, (_, index) => `curved-yellow-${index}`);
    const answers = await Promise.all(shapes.map((shape) => put(kesha.userId, shape)));
    expect(answers.filter(({ body }) => body.created)).toHaveLength(1);
    expect(answers.filter(({ body }) => body.matches)).toHaveLength(1);
  });

  it('can’t be guessed by creating them: throttled after five wrong ones', async () => {
    const kesha = await auth.know();
    for (let count = 0; count < 5; count += 1) await put(kesha.userId, `wrong-shape-${count}`);
    const answer = await auth.client
      .service('user')
      .put(`/credentials/${kesha.userId}`)
      .send({ beakShape: kesha.beakShape });
    expect(answer.status).toBe(429);
  });

  it('are replaced with the current shape or without asking for it, ending all sessions', async () => {
    const kesha = await auth.know();
    const { token } = await auth.logIn(kesha);
    const wrong = await replace(kesha.userId, 'straight-red-7', 'not-my-beak').expect(403);
    expect(wrong.body.type).toBe('wrong-beak-shape');
    expect(await auth.isAlive(token)).toBe(true);
    await replace(kesha.userId, 'straight-red-7', kesha.beakShape).expect(200);
    expect(await auth.isAlive(token)).toBe(false);
    await auth.tryLogIn(kesha.userId, kesha.beakShape).expect(401);
    await replace(kesha.userId, 'round-green-9', null).expect(200);
    await auth.tryLogIn(kesha.userId, 'round-green-9').expect(200);
  });

  it('are replaced once by four who know the same shape, all at once', async () => {
    const kesha = await auth.know();
    const shapes = Array.from({ length: 4 }, (_, index) => `straight-red-${index}`);
    const answers = await Promise.all(
      shapes.map((shape) => replace(kesha.userId, shape, kesha.beakShape)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403]);
  });

  it('are for the user service alone', async () => {
    for (const app of ['gateway', 'board']) {
      await auth.client
        .service(app)
        .put(`/credentials/${newId()}`)
        .send({ beakShape: 'curved-yellow-42' })
        .expect(404);
    }
  });
});
