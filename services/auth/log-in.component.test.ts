import { query } from '../shared/db/data-source';
import { newId } from '../shared/kernel/ids';
import { attemptKey, countAttempt } from './commands/throttle-attempts';
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

describe('an inactive person', () => {
  it('is told so with the right shape, which is no wrong attempt, and gets in once active', async () => {
    const person = await auth.know({ status: 'inactive', version: 1 });
    for (let count = 0; count < 7; count += 1) {
      const answer = await auth.tryLogIn(person.nickname, person.beakShape).expect(403);
      expect(answer.body.type).toBe('not-active-yet');
    }
    const { beakShape: _, ...user } = person;
    await auth.publish('activated', { ...user, status: 'active', version: 2 });
    await auth.tryLogIn(person.nickname, person.beakShape).expect(200);
  });

  it('is unknown with a wrong shape', async () => {
    const person = await auth.know({ status: 'inactive', version: 1 });
    await auth.tryLogIn(person.nickname, 'whatever-beak').expect(401);
  });
});

describe('wrong attempts', () => {
  const wrong = async (login: string, times: number, address?: string): Promise<number[]> => {
    const statuses: number[] = [];
    for (let count = 0; count < times; count += 1) {
      statuses.push((await auth.tryLogIn(login, 'whatever-beak', address)).status);
    }
    return statuses;
  };

  it('are slowed down after five in a row, even with the right shape, known or not', async () => {
    const person = await auth.know();
    for (const login of [person.nickname, `nobody-${newId().slice(-8)}`]) {
      expect(await wrong(login, 6)).toEqual([401, 401, 401, 401, 401, 429]);
      const answer = await auth.tryLogIn(login, person.beakShape).expect(429);
      expect(answer.body.type).toBe('too-many-attempts');
      expect(Number(answer.headers['retry-after'])).toBeGreaterThanOrEqual(1);
      expect(Number(answer.headers['retry-after'])).toBeLessThanOrEqual(5);
    }
  });

  it('are counted per address: elsewhere the person gets in', async () => {
    const person = await auth.know();
    await wrong(person.nickname, 6, '203.0.113.9');
    await auth.tryLogIn(person.nickname, person.beakShape, '203.0.113.9').expect(429);
    await auth.tryLogIn(person.nickname, person.beakShape, '203.0.113.10').expect(200);
    const forwarded = '203.0.113.10, 10.0.0.1';
    await auth.tryLogIn(person.nickname, person.beakShape, forwarded).expect(200);
  });

  it('are counted whatever the case of the login', async () => {
    const person = await auth.know();
    await wrong(person.nickname, 3);
    await wrong(person.nickname.toUpperCase(), 2);
    expect(await wrong(person.nickname, 1)).toEqual([429]);
  });

  it('include the right shape of somebody deactivated', async () => {
    const { beakShape, ...user } = await auth.know();
    await auth.publish('deactivated', { ...user, version: 3, status: 'deactivated' });
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      statuses.push((await auth.tryLogIn(user.nickname, beakShape)).status);
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
  });

  it('are forgotten after a right one', async () => {
    const person = await auth.know();
    await wrong(person.nickname, 4);
    await auth.tryLogIn(person.nickname, person.beakShape).expect(200);
    expect(await wrong(person.nickname, 5)).toEqual([401, 401, 401, 401, 401]);
  });

  it('cost longer and longer waits', async () => {
    const person = await auth.know();
    const pass = () =>
      query(auth.database, `UPDATE login_attempts SET blocked_until = now() - interval '1 s'`);
    const waits: number[] = [];
    await wrong(person.nickname, 5);
    for (let count = 0; count < 4; count += 1) {
      const { headers } = await auth.tryLogIn(person.nickname, 'whatever-beak').expect(429);
      waits.push(Number(headers['retry-after']));
      await pass();
      expect(await wrong(person.nickname, 1)).toEqual([401]);
    }
    expect(waits).toEqual([5, 10, 20, 40]);
  });

  it('are no reason to refuse one that began a moment before the last one', async () => {
    const key = attemptKey(newId(), '192.0.2.1');
    const now = Date.now();
    await countAttempt(auth.database, key, new Date(now));
    await expect(countAttempt(auth.database, key, new Date(now - 1))).resolves.toBeUndefined();
  });

  it('count when they come at once: five of fifty are looked at', async () => {
    const person = await auth.know();
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => auth.tryLogIn(person.nickname, 'whatever-beak')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(5).fill(401),
      ...Array<number>(45).fill(429),
    ]);
  });
});

describe('a flood of logins', () => {
  it('is refused with 429 beyond the queue, while other routes answer at once', async () => {
    const person = await auth.know();
    const { token } = await auth.logIn(person);
    let looked = 0;
    const flood = Array.from({ length: 300 }, async (_, index) => {
      const { status } = await auth.tryLogIn(`nobody-${index}`, 'whatever-beak');
      if (status === 401) looked += 1;
      return status;
    });
    await auth.get('/sessions', token).expect(200);
    const lookedMeanwhile = looked;
    const statuses = await Promise.all(flood);
    expect(new Set(statuses)).toEqual(new Set([401, 429]));
    expect(looked).toBeGreaterThanOrEqual(100);
    // It did not stand in the queue behind them.
    expect(lookedMeanwhile).toBeLessThan(looked / 2);
  });
});

describe('POST /tokens with bad input', () => {
  const good = { login: 'kesha', beakShape: 'curved-yellow-42' };
  it.each([
    ['an unknown field', { ...good, role: 'admin' }],
    ['no login', { beakShape: 'curved-yellow-42' }],
    ['a login of 255 characters', { ...good, login: 'k'.repeat(255) }],
    ['NUL in the login', { ...good, login: 'ke\0sha' }],
    ['half a character', { ...good, beakShape: '\ud800'.repeat(9) }],
    ['a shape that is a list', { ...good, beakShape: ['curved-yellow-42'] }],
    ['a login that is an object', { ...good, login: { $ne: '' } }],
  ])('refuses %s', async (_, body) => {
    await auth.client.anonymous().post('/tokens').send(body).expect(400);
    await auth.client.anonymous().post('/tokens/refresh').send(body).expect(400);
  });
});
