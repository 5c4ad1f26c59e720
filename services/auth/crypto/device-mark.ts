import { createHash, randomBytes } from 'node:crypto';

const MARK_BYTES = 32;

/** A mark for a device that was never let in. */
export function newMark(): string {
  return randomBytes(MARK_BYTES).toString('base64url');
}

/** How a mark is kept: a fast hash will do for a secret that nobody can guess. */
export function hashOfMark(mark: string): Buffer {
  return createHash('sha256').update(mark).digest();
}
