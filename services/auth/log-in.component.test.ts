import { newId } from '../shared/kernel/ids';
import { claimsOf, startAuthService, type AuthUnderTest } from './testing/auth-service';

let auth: AuthUnderTest;
beforeAll(async () => {
  auth = await startAuthService();
});
afterAll(() => auth.stop());

describe('POST /tokens', () => {
  it('lets a person in by id, nickname and email, whatever the case', async () => {
    const person = await auth.know({ nickname: 'Кеша', email: 'kesha@popug.example' });
    for (const login of [person.userId, 'кЕША', 'Kesha@Popug.example']) {
      const { body } = await auth.tryLogIn(login, person.beakShape).expect(200);
      expect(body.user).toEqual({
        id: person.userId,
        nickname: 'Кеша',
        email: 'kesha@popug.example',
        role: 'employee',
        locale: 'en',
        status: 'active',
        managerId: null,
        permissions: [],
        version: 2,
      });
    }
  });

  it('gives a token that says who its holder is and what they may do, for five minutes', async () => {
    const manager = await auth.know({ role: 'manager' });
    const { token, expiresAt } = await auth.logIn(manager);
    expect(claimsOf(token)).toMatchObject({
      sub: manager.userId,
      role: 'manager',
      permissions: ['tasks.distribute', 'tasks.view-all'],
      iss: 'popug',
      aud: 'popug-services',
      exp: Date.parse(expiresAt) / 1_000,
    });
    const secondsLeft = (Date.parse(expiresAt) - Date.now()) / 1_000;
    expect(secondsLeft).toBeGreaterThan(290);
    expect(secondsLeft).toBeLessThanOrEqual(300);
    await auth.get('/sessions', token).expect(200);
  });

  it('answers unknown, wrong and deactivated alike', async () => {
    const person = await auth.know();
    const leaver = await auth.know();
    await auth.publish('deactivated', { ...leaver, version: 3, status: 'deactivated' });
    const answers = await Promise.all([
      auth.tryLogIn('nobody', 'whatever-beak'),
      auth.tryLogIn(newId(), 'whatever-beak'),
      auth.tryLogIn(person.nickname, 'whatever-beak'),
      auth.tryLogIn(leaver.nickname, leaver.beakShape),
    ]);
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect({ ...body, requestId: '' }).toEqual({
        type: 'wrong-credentials',
        title: 'Login or beak shape is wrong',
        status: 401,
        instance: '/tokens',
        requestId: '',
      });
    }
  });
});
