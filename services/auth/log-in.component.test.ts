import { hash } from '@node-rs/argon2';
import { query } from '../shared/db/data-source';
import { newId } from '../shared/kernel/ids';
import { HASHING } from './crypto/beak-shape-hasher';
import { readCredentials } from './queries/credentials';
import { claimsOf, newAddress, startAuthService, type AuthUnderTest } from './testing/auth-service';

let auth: AuthUnderTest;
beforeAll(async () => {
  auth = await startAuthService();
});
afterAll(() => auth.stop());

describe('POST /tokens', () => {
  it('lets a person in by id, nickname and email, whatever the case and the blanks around it', async () => {
    const person = await auth.know({ nickname: 'Кеша', email: 'kesha@popug.example' });
    const logins = [
      person.userId,
      person.userId.toUpperCase(),
      'кЕША',
      'Kesha@Popug.example',
      ' \tкеша\u00a0',
      ' kesha@popug.example\n',
      `${person.userId} `,
    ];
    for (const login of logins) {
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

  it('finds a nickname in whatever form it is typed', async () => {
    const person = await auth.know({ nickname: 'Андрей-ё' });
    for (const login of ['андрей-ё'.normalize('NFD'), 'Андрей－ё']) {
      await auth.tryLogIn(login, person.beakShape).expect(200);
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

  it('are counted per person, whichever login they are for and wherever from', async () => {
    const { userId, nickname, email, beakShape } = await auth.know();
    for (const login of [userId, nickname, email, nickname.toUpperCase(), ` ${email} `]) {
      expect(await wrong(login, 1)).toEqual([401]);
    }
    for (const login of [userId, nickname, email]) {
      await auth.tryLogIn(login, beakShape).expect(429);
    }
  });

  it('at an unknown login are counted whatever form it is typed in', async () => {
    const login = `Ёж-${newId().slice(-8)}`;
    const forms = [login, login.toLowerCase(), login.normalize('NFD'), ` ${login}`, `${login}\t`];
    for (const form of forms) expect(await wrong(form, 1)).toEqual([401]);
    expect(await wrong(login, 1)).toEqual([429]);
  });

  it.each([
    ['203.0.113.9', '::ffff:203.0.113.9', '203.0.113.10'],
    ['2001:db8:1:2::3', '2001:db8:1:2:ffff::4', '2001:db8:1:3::3'],
    ['unknown', 'nonsense', '203.0.113.11'],
  ])('from %s are counted together with those from %s, not from %s', async (one, same, other) => {
    const person = await auth.know();
    for (let count = 0; count < 5; count += 1) await wrong(`nobody-${newId()}`, 1, one);
    for (const address of [one, same]) {
      await auth.tryLogIn(person.nickname, person.beakShape, address).expect(429);
    }
    await auth.tryLogIn(person.nickname, person.beakShape, other).expect(200);
    await auth.tryLogIn(person.nickname, person.beakShape, `${other}, 10.0.0.1`).expect(200);
  });

  it('from an address are forgotten after a right one, once an hour and person', async () => {
    const person = await auth.know();
    const address = newAddress();
    const guess = () => wrong(`nobody-${newId()}`, 1, address);
    const guessFour = async () => {
      for (let count = 0; count < 4; count += 1) expect(await guess()).toEqual([401]);
    };
    await guessFour();
    await auth.tryLogIn(person.nickname, person.beakShape, address).expect(200);
    await guessFour();
    await auth.tryLogIn(person.nickname, person.beakShape, address).expect(200);
    expect(await guess()).toEqual([401]);
    expect(await guess()).toEqual([429]);
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

  it('are none when six right ones of one person come at once, after four wrong ones', async () => {
    const person = await auth.know();
    const address = newAddress();
    await wrong(person.nickname, 4, address);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => auth.tryLogIn(person.nickname, person.beakShape, address)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(await wrong(person.nickname, 4)).toEqual([401, 401, 401, 401]);
  });

  it('are none when many people log in at once behind one address', async () => {
    const people = await Promise.all(Array.from({ length: 12 }, () => auth.know()));
    const address = newAddress();
    const answers = await Promise.all(
      people.map(({ email, beakShape }) => auth.tryLogIn(email, beakShape, address)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(12).fill(200));
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

describe('a device that a person was let in with before', () => {
  const wrongFrom = async (login: string, address: string, device?: string): Promise<number> =>
    (await auth.tryLogIn(login, 'whatever-beak', address, device)).status;
  const markOf = async (login: string, beakShape: string, shown: string | null = null) =>
    (await auth.tryLogIn(login, beakShape, newAddress(), shown).expect(200)).body.device as string;

  it('gets a mark when it asks for one, the same again, and is kept as a hash', async () => {
    const person = await auth.know();
    const mark = await markOf(person.nickname, person.beakShape);
    expect(mark).toMatch(/^[\w-]{43}$/);
    expect(await markOf(person.nickname, person.beakShape, mark)).toBe(mark);
    expect(await markOf(person.nickname, person.beakShape, 'made-up')).not.toBe('made-up');
    const { body } = await auth.tryLogIn(person.nickname, person.beakShape).expect(200);
    expect(body.device).toBeNull();
    const rows = await query(auth.database, 'SELECT devices::text AS row FROM devices');
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(mark).toString('hex'));
  });

  it('is not kept out by others, neither at the person nor at the address', async () => {
    const person = await auth.know();
    const mark = await markOf(person.nickname, person.beakShape);
    const address = newAddress();
    for (let count = 0; count < 6; count += 1) await wrongFrom(person.nickname, address);
    for (let count = 0; count < 6; count += 1) await wrongFrom(`nobody-${newId()}`, address);
    await auth.tryLogIn(person.nickname, person.beakShape, address).expect(429);
    await auth.tryLogIn(person.email, person.beakShape, address, mark).expect(200);
    await auth.tryLogIn(person.nickname, person.beakShape, address).expect(429);
  });

  it('has a counter of its own for wrong attempts, which count nowhere else', async () => {
    const person = await auth.know();
    const mark = await markOf(person.nickname, person.beakShape);
    const address = newAddress();
    const statuses: number[] = [];
    for (let count = 0; count < 6; count += 1) {
      statuses.push(await wrongFrom(person.nickname, address, mark));
    }
    expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
    await auth.tryLogIn(person.nickname, person.beakShape, address, mark).expect(429);
    await auth.tryLogIn(person.nickname, person.beakShape, address).expect(200);
  });

  it('is nobody’s but theirs: for others its attempts count like everybody’s', async () => {
    const [kesha, gosha] = [await auth.know(), await auth.know()];
    const mark = await markOf(kesha.nickname, kesha.beakShape);
    for (let count = 0; count < 5; count += 1) {
      expect(await wrongFrom(gosha.nickname, newAddress(), mark)).toBe(401);
    }
    await auth.tryLogIn(gosha.nickname, gosha.beakShape, newAddress(), mark).expect(429);
  });

  it('may be shared: each of two people is known on it', async () => {
    const [kesha, gosha] = [await auth.know(), await auth.know()];
    const mark = await markOf(kesha.nickname, kesha.beakShape);
    expect(await markOf(gosha.nickname, gosha.beakShape, mark)).toBe(mark);
    for (const person of [kesha, gosha]) {
      for (let count = 0; count < 6; count += 1) await wrongFrom(person.nickname, newAddress());
      await auth.tryLogIn(person.nickname, person.beakShape, newAddress(), mark).expect(200);
    }
  });

  it('is forgotten with the beak shape, and when ten others came after it', async () => {
    const person = await auth.know();
    const forgotten = await markOf(person.nickname, person.beakShape);
    const marks: string[] = [];
    for (let count = 0; count < 10; count += 1) {
      marks.push(await markOf(person.nickname, person.beakShape));
    }
    for (let count = 0; count < 5; count += 1) await wrongFrom(person.nickname, newAddress());
    const { nickname, beakShape, userId } = person;
    await auth.tryLogIn(nickname, beakShape, newAddress(), forgotten).expect(429);
    await auth.tryLogIn(nickname, beakShape, newAddress(), marks[0]).expect(200);
    const replacement = { beakShape: 'straight-red-7', current: null };
    const path = `/credentials/${userId}/beak-shape`;
    await auth.client.service('user').post(path).send(replacement).expect(200);
    for (let count = 0; count < 5; count += 1) await wrongFrom(nickname, newAddress(), marks[0]);
    await auth.tryLogIn(nickname, 'straight-red-7', newAddress(), marks[0]).expect(429);
  });

  it('is at most one of ten, even when twenty log in at once', async () => {
    const person = await auth.know();
    await Promise.all(Array.from({ length: 20 }, () => markOf(person.nickname, person.beakShape)));
    const sql = 'SELECT count(*)::integer AS devices FROM devices WHERE user_id = $1';
    expect(await query(auth.database, sql, [person.userId])).toEqual([{ devices: 10 }]);
  });
});

describe('a beak shape from before it was prepared', () => {
  const NFD = 'клюв-йё-42'.normalize('NFD');

  it('lets its holder in as typed and prepared, and is renewed by six who come at once', async () => {
    const person = await auth.know();
    await query(
      auth.database,
      // As a version without `prepared_hash` writes.
      'UPDATE credentials SET beak_shape_hash = $2 WHERE user_id = $1',
      [person.userId, await hash(NFD, HASHING)],
    );
    await auth.tryLogIn(person.nickname, NFD.normalize('NFC')).expect(401);
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => auth.tryLogIn(person.nickname, NFD)),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200));
    expect(await readCredentials(auth.database, person.userId)).toMatchObject({ scheme: 1 });
    await auth.tryLogIn(person.nickname, NFD.normalize('NFC')).expect(200);
    await auth.tryLogIn(person.nickname, NFD).expect(200);
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
    // The request of another route did not wait in the queue of logins.
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
