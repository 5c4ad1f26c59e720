import { createHash, randomBytes } from 'node:crypto';

const MARK_BYTES = 32;

/** Returns a new random mark for an unknown device. */
export function newMark(): string {
  return randomBytes(MARK_BYTES).toString('base64url');
}

/** Returns the stored form of a mark; a fast hash is enough for a random secret. */
export function hashOfMark(mark: string): Buffer {
  return createHash('sha256').update(mark).digest();
}
