import { generateKeyPairSync } from 'node:crypto';
import { TOKEN_ALGORITHM } from '../../shared/contracts/access-token';
import { query, type Tx } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import type { AuthContext } from '../context';
import { PUBLISHED_AFTER_MS, nextKeySignsFrom } from '../domain/key-rotation';

/** Any number: two replicas must not both make the next key. */
const ROTATION_LOCK = 727_201;

const NEWEST = `SELECT max(signs_from) AS signs_from FROM signing_keys`;
const INSERT = `
INSERT INTO signing_keys (kid, private_key, public_jwk, signs_from) VALUES ($1, $2, $3, $4)`;

/** A key goes when a newer one has signed for so long that no token of the old one lives. */
const FORGET_SUPERSEDED = `
DELETE FROM signing_keys AS old WHERE EXISTS (
  SELECT FROM signing_keys AS newer
  WHERE newer.signs_from > old.signs_from AND newer.signs_from < $1)`;

/**
 * Makes the first key, or the next one when it is time, and forgets those whose tokens are all
 * over. The next key is published before it signs, so no service meets a key it can't know.
 */
export async function rotateSigningKeys({ database }: AuthContext, now: Date): Promise<void> {
  await database.transaction(async (tx) => {
    await query(tx, 'SELECT pg_advisory_xact_lock($1)', [ROTATION_LOCK]);
    const [newest] = await query<{ signs_from: Date | null }>(tx, NEWEST);
    const signsFrom = nextKeySignsFrom(newest!.signs_from, now);
    if (signsFrom) await insertKey(tx, signsFrom);
    await query(tx, FORGET_SUPERSEDED, [new Date(now.getTime() - PUBLISHED_AFTER_MS)]);
  });
}

async function insertKey(tx: Tx, signsFrom: Date): Promise<void> {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const kid = newId();
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: TOKEN_ALGORITHM, use: 'sig' };
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  await query(tx, INSERT, [kid, pem, JSON.stringify(jwk), signsFrom]);
}
