import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { query } from '../shared/db/data-source';
import { newId } from '../shared/kernel/ids';
import { eventually } from '../shared/testing/eventually';
import { isLockAwaited } from '../shared/testing/lock-wait';
import { hashOfToken } from './crypto/refresh-token';
import { currentKey } from './queries/signing-keys';
import {
  claimsOf,
  startAuthService,
  type AuthUnderTest,
  type Person,
} from './testing/auth-service';

let auth: AuthUnderTest;
let person: Person;
let signing: { kid: string; privateKey: KeyObject };
const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });

beforeAll(async () => {
  auth = await startAuthService();
  person = await auth.know();
  await auth.logIn(person);
  signing = (await currentKey(auth.database, new Date()))!;
});
afterAll(() => auth.stop());

/** Returns a token like Auth's, except for the given options and key. */
function forged(options: jwt.SignOptions = {}, key: jwt.Secret = signing.privateKey): string {
  const claims = { sid: newId(), role: 'admin', permissions: [] };
  return jwt.sign(claims, key, {
    algorithm: 'ES256',
    keyid: signing.kid,
    issuer: 'popug',
    audience: 'popug-services',
    subject: person.userId,
    expiresIn: 300,
    ...options,
  });
}

const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Returns the token with another header and the original signature. */
function withHeader(token: string, header: object): string {
  const [, payload, signature] = token.split('.');
  return [encoded(header), payload, signature].join('.');
}

function tampered(token: string): string {
  const [header, payload, signature] = token.split('.');
  const claims = JSON.parse(Buffer.from(payload!, 'base64url').toString('utf8')) as object;
  return [header, encoded({ ...claims, permissions: ['users.manage'] }), signature].join('.');
}

const publicPem = (): string =>
  createPublicKey(signing.privateKey as never)
    .export({ type: 'spki', format: 'pem' })
    .toString();

const strangersJwk = stranger.publicKey.export({ format: 'jwk' });
const headerWith = (extra: object): jwt.SignOptions => ({
  header: { alg: 'ES256', ...extra } as jwt.JwtHeader,
});

describe('an access token', () => {
  it('is accepted when it is ours', async () => {
    await auth.get('/sessions', forged()).expect(200);
  });

  it.each<[string, () => string]>([
    ['is garbage', () => 'garbage'],
    ['has an empty signature', () => forged().replace(/[^.]+$/, '')],
    ['says alg none', () => withHeader(forged(), { alg: 'none', kid: signing.kid })],
    [
      'says alg None and has no signature',
      () => `${encoded({ alg: 'None', kid: signing.kid })}.${forged().split('.')[1]}.`,
    ],
    ['is signed with HS256 and our public key', () => forged({ algorithm: 'HS256' }, publicPem())],
    ['is signed with RS256', () => forged({ algorithm: 'RS256' }, rsa.privateKey)],
    [
      'says ES256 but was signed with HS256',
      () =>
        withHeader(forged({ algorithm: 'HS256' }, 'secret'), { alg: 'ES256', kid: signing.kid }),
    ],
    ['was tampered with', () => tampered(forged())],
    ['has expired', () => forged({ expiresIn: -1 })],
    ['is not valid yet', () => forged({ notBefore: 60 })],
    ['has another issuer', () => forged({ issuer: 'parrot' })],
    ['has another audience', () => forged({ audience: 'elsewhere' })],
    ['is of a stranger’s key', () => forged({}, stranger.privateKey)],
    ['brings its own key', () => forged(headerWith({ jwk: strangersJwk }), stranger.privateKey)],
    [
      'says where its key is',
      () => forged(headerWith({ jku: 'http://127.0.0.1/jwks' }), stranger.privateKey),
    ],
    ['has an unknown kid', () => forged({ keyid: newId() })],
    ['has a kid that is a path', () => forged({ keyid: '../../dev/null' }, stranger.privateKey)],
    ['has a kid that is SQL', () => forged({ keyid: "' OR '1'='1" }, stranger.privateKey)],
    ['has a kid of the prototype', () => forged({ keyid: '__proto__' }, stranger.privateKey)],
    ['has no kid', () => withHeader(forged(), { alg: 'ES256' })],
    ['names nobody', () => forged({ subject: 'admin' })],
  ])('is refused with the same answer when it %s', async (_, make) => {
    const { status, body } = await auth.get('/sessions', make());
    expect(status).toBe(401);
    expect({ ...body, requestId: '' }).toEqual({
      type: 'unauthorized',
      title: 'Please log in',
      status: 401,
      instance: '/sessions',
      requestId: '',
    });
  });
});

describe('GET /jwks', () => {
  it('shows public halves only, to every service that checks tokens', async () => {
    for (const app of ['gateway', 'user', 'board', 'account', 'account-worker', 'payment']) {
      const { body } = await auth.client.service(app).get('/jwks').expect(200);
      expect(body.keys).toHaveLength(1);
      const names = ['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y'];
      expect(Object.keys(body.keys[0]).sort()).toEqual(names);
    }
    await auth.client.anonymous().get('/jwks').expect(404);
  });
});

describe('refresh tokens', () => {
  it('serve once and lead to the next, in the same session', async () => {
    const first = await auth.logIn(person);
    const { body: second } = await auth.refresh(first.refreshToken).expect(200);
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect(second.user).toEqual(first.user);
    await auth.get('/sessions', second.token).expect(200);
    const { body: third } = await auth.refresh(second.refreshToken).expect(200);
    expect(await auth.isAlive(third.token)).toBe(true);
  });

  const age = (seconds: number) =>
    query(
      auth.database,
      `UPDATE refresh_tokens SET used_at = used_at - make_interval(secs => $1)`,
      [seconds],
    );

  it('give the same successor again to whoever lost the answer', async () => {
    const first = await auth.logIn(person);
    const { body: lost } = await auth.refresh(first.refreshToken).expect(200);
    await age(25);
    const { body: again } = await auth.refresh(first.refreshToken).expect(200);
    expect(again.refreshToken).toBe(lost.refreshToken);
    await age(265);
    await auth.refresh(first.refreshToken).expect(200);
    await auth.get('/sessions', again.token).expect(200);
    const { body: next } = await auth.refresh(again.refreshToken).expect(200);
    await auth.refresh(next.refreshToken).expect(200);
  });

  it('end the session when a used one comes again after its successor was used', async () => {
    const first = await auth.logIn(person);
    const { body: second } = await auth.refresh(first.refreshToken).expect(200);
    const { body: third } = await auth.refresh(second.refreshToken).expect(200);
    await auth.refresh(first.refreshToken).expect(401);
    await auth.refresh(third.refreshToken).expect(401);
    expect(await auth.isAlive(third.token)).toBe(false);
  });

  it('end the session when a used one comes again after five minutes', async () => {
    const first = await auth.logIn(person);
    const { body: second } = await auth.refresh(first.refreshToken).expect(200);
    await age(301);
    await auth.refresh(first.refreshToken).expect(401);
    await auth.refresh(second.refreshToken).expect(401);
    expect(await auth.isAlive(second.token)).toBe(false);
  });

  it('end the session with any old one of the family, of which two are kept', async () => {
    const { refreshToken: first } = await auth.logIn(person);
    let newest = { refreshToken: first, token: '' };
    for (let count = 0; count < 8; count += 1) {
      newest = (await auth.refresh(newest.refreshToken).expect(200)).body;
    }
    const { sid } = claimsOf(newest.token);
    const sql = 'SELECT count(*)::integer AS kept FROM refresh_tokens WHERE session_id = $1';
    expect(await query(auth.database, sql, [sid])).toEqual([{ kept: 2 }]);
    await auth.refresh(first).expect(401);
    expect(await query(auth.database, sql, [sid])).toEqual([{ kept: 0 }]);
    expect(await auth.isAlive(newest.token)).toBe(false);
  });

  it('do not end a session when they only name it', async () => {
    const { token, refreshToken } = await auth.logIn(person);
    const [sid, family, secret] = refreshToken.split('.') as [string, string, string];
    const other = (await auth.logIn(person)).refreshToken.split('.') as [string, string, string];
    for (const forged of [
      [sid, other[1], secret],
      [sid, other[1], other[2]],
      [other[0], family, secret],
    ]) {
      await auth.refresh(forged.join('.')).expect(401);
    }
    expect(await auth.isAlive(token)).toBe(true);
    await auth.refresh(refreshToken).expect(200);
  });

  it('lead ten that come at once to one successor', async () => {
    const { refreshToken } = await auth.logIn(person);
    const answers = await Promise.all(Array.from({ length: 10 }, () => auth.refresh(refreshToken)));
    expect(answers.map(({ status }) => status)).toEqual(Array(10).fill(200));
    const successors = new Set(answers.map(({ body }) => body.refreshToken as string));
    expect(successors.size).toBe(1);
    await auth.refresh([...successors][0]!).expect(200);
  });

  it('are refused when a log-out was faster, and worth nothing when it was slower', async () => {
    const { token, refreshToken } = await auth.logIn(person);
    const { sid } = claimsOf(token);
    const end = `UPDATE sessions SET ended_at = now(), end_reason = 'logged-out' WHERE id = $1`;
    let waiting: Promise<{ status: number }> | undefined;
    await auth.database.transaction(async (tx) => {
      await query(tx, end, [sid]);
      waiting = auth.refresh(refreshToken).then((answer) => answer);
      await eventually('the exchange to wait', () => isLockAwaited(auth.database));
    });
    expect((await waiting!).status).toBe(401);

    const other = await auth.logIn(person);
    const [exchanged] = await Promise.all([
      auth.refresh(other.refreshToken),
      auth.delete(`/sessions/${claimsOf(other.token).sid}`, other.token).expect(204),
    ]);
    const newest = exchanged.status === 200 ? exchanged.body.refreshToken : other.refreshToken;
    await auth.refresh(newest as string).expect(401);
    expect(await auth.isAlive(other.token)).toBe(false);
  });

  it('from before there were families serve on, and their reuse is seen', async () => {
    const { token } = await auth.logIn(person);
    const { sid } = claimsOf(token);
    const legacy = 'x'.repeat(43);
    await query(auth.database, 'DELETE FROM refresh_tokens WHERE session_id = $1', [sid]);
    await query(auth.database, 'UPDATE sessions SET family_hash = NULL WHERE id = $1', [sid]);
    await query(
      auth.database,
      'INSERT INTO refresh_tokens (token_hash, session_id, issued_at) VALUES ($1, $2, now())',
      [hashOfToken(legacy), sid],
    );
    const { body: first } = await auth.refresh(legacy).expect(200);
    const { body: again } = await auth.refresh(legacy).expect(200);
    expect(again.refreshToken).toBe(first.refreshToken);
    let newest = first;
    for (let count = 0; count < 3; count += 1) {
      newest = (await auth.refresh(newest.refreshToken).expect(200)).body;
    }
    await auth.refresh(legacy).expect(401);
    expect(await auth.isAlive(newest.token)).toBe(false);
  });

  it('are refused when unknown, of an ended or of an expired session', async () => {
    await auth.refresh('no-such-token').expect(401);
    const ended = await auth.logIn(person);
    const { body } = await auth.get('/sessions', ended.token).expect(200);
    const own = (body.items as { id: string; current: boolean }[]).find((each) => each.current)!;
    await auth.delete(`/sessions/${own.id}`, ended.token).expect(204);
    await auth.refresh(ended.refreshToken).expect(401);
    const idle = await auth.logIn(person);
    await query(auth.database, 'UPDATE sessions SET expires_at = now() WHERE ended_at IS NULL');
    await auth.refresh(idle.refreshToken).expect(401);
  });

  it('are kept as hashes only', async () => {
    const { refreshToken } = await auth.logIn(person);
    const { body } = await auth.refresh(refreshToken).expect(200);
    const dump = await query(
      auth.database,
      'SELECT sessions::text AS session, refresh_tokens::text AS token FROM sessions, refresh_tokens',
    );
    const [sid, ...secrets] = (body.refreshToken as string).split('.');
    const text = JSON.stringify(dump);
    expect(text).toContain(sid);
    for (const secret of secrets) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(Buffer.from(secret, 'base64url').toString('hex'));
    }
  });
});
