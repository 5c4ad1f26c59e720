import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { query, type Database } from '../../shared/db/data-source';

/** Key that signs now. */
export interface SigningKey {
  kid: string;
  privateKey: KeyObject;
}

/** Public key as a JWK (RFC 7517). */
export type PublishedKey = JsonWebKey & { kid: string; kty: string };

const CURRENT = `
SELECT kid, private_key FROM signing_keys WHERE signs_from <= $1
ORDER BY signs_from DESC LIMIT 1`;

const PUBLISHED = `SELECT public_jwk FROM signing_keys ORDER BY signs_from DESC`;

/** Returns the newest key that may sign by now, or null before the first key exists. */
export async function currentKey(database: Database, now: Date): Promise<SigningKey | null> {
  type Row = { kid: string; private_key: string };
  const [row] = await query<Row>(database, CURRENT, [now]);
  return row ? { kid: row.kid, privateKey: createPrivateKey(row.private_key) } : null;
}

/** Returns the public keys whose tokens may still be valid, and the next key. */
export async function publishedKeys(database: Database): Promise<PublishedKey[]> {
  const rows = await query<{ public_jwk: PublishedKey }>(database, PUBLISHED);
  return rows.map((row) => row.public_jwk);
}
