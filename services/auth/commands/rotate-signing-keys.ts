import { generateKeyPairSync } from 'node:crypto';
import { TOKEN_ALGORITHM } from '../../shared/contracts/access-token';
import { query, type Tx } from '../../shared/db/data-source';
import { newId } from '../../shared/kernel/ids';
import type { AuthContext } from '../context';
import { PUBLISHED_AFTER_MS, nextKeySignsFrom } from '../domain/key-rotation';

/** Advisory lock key (arbitrary) that serialises rotations of the replicas. */
const ROTATION_LOCK = 727_201;

const NEWEST = `SELECT max(signs_from) AS signs_from FROM signing_keys`;
const INSERT = `
INSERT INTO signing_keys (kid, private_key, public_jwk, signs_from) VALUES ($1, $2, $3, $4)`;

/** Deletes a key when its successor has signed for `PUBLISHED_AFTER_MS`. */
const FORGET_SUPERSEDED = `
DELETE FROM signing_keys AS old WHERE EXISTS (
  SELECT FROM signing_keys AS newer
  WHERE newer.signs_from > old.signs_from AND newer.signs_from < $1)`;

/**
 * Creates the first or the next due key, and deletes keys whose tokens have all expired. A new key
 * is published before it signs, so that services can fetch it in time.
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
