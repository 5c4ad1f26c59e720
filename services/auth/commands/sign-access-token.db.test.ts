import { createPublicKey } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { newId } from '../../shared/kernel/ids';
import { atOnce } from '../../shared/testing/at-once';
import { ACCESS_TOKEN_MS } from '../domain/session-life';
import { publishedKeys } from '../queries/signing-keys';
import { startAuthDatabase, type AuthDatabase } from '../testing/auth-database';
import { signAccessToken } from './sign-access-token';

let auth: AuthDatabase;
beforeAll(async () => {
  auth = await startAuthDatabase();
});
afterAll(() => auth.stop());

const now = new Date('2031-02-03T04:05:06.789Z');
const claims = { sub: newId(), sid: newId(), role: 'employee', permissions: [] } as const;

it('the first two tokens at once make one key, which verifies both', async () => {
  const tokens: string[] = [];
  const sign = async () => {
    const { token, expiresAt } = await signAccessToken(auth, { ...claims, permissions: [] }, now);
    expect(expiresAt).toEqual(new Date(Date.parse('2031-02-03T04:05:06.000Z') + ACCESS_TOKEN_MS));
    tokens.push(token);
  };
  expect(await atOnce(auth, 'signing_keys', [sign, sign])).toEqual({ done: 2 });
  const [key, ...others] = await publishedKeys(auth.database);
  expect(others).toEqual([]);
  const publicKey = createPublicKey({ key: key!, format: 'jwk' });
  for (const token of tokens) {
    const clockTimestamp = Math.floor(now.getTime() / 1_000);
    const options = { issuer: auth.issuer, subject: claims.sub, clockTimestamp };
    expect(jwt.verify(token, publicKey, options)).toMatchObject({ sid: claims.sid });
  }
});
