import { createHash, randomBytes } from 'node:crypto';

const CANONICAL_UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const TIMESTAMP_BYTES = 6;
const UUID_BYTES = 16;

/** Returns whether a uuid is canonical: lower case, dashes, no braces (RFC 9562, section 4). */
export function isUuid(value: string): boolean {
  return CANONICAL_UUID.test(value);
}

function format(bytes: Buffer, version: number): string {
  bytes[6] = (bytes[6]! & 0x0f) | (version << 4);
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return [...parts, hex.slice(20)].join('-');
}

/** Returns a new time-ordered uuid: version 7 (RFC 9562, section 5.7). */
export function newId(now: number = Date.now()): string {
  const bytes = randomBytes(UUID_BYTES);
  bytes.writeUIntBE(now, 0, TIMESTAMP_BYTES);
  return format(bytes, 7);
}

const TIMESTAMP_DIGITS = 12;
const FIRST_BLOCK = 8;

/** Returns the lowest uuid of a moment (ms since 1970): every id made from then on is above it. */
export function firstIdAt(ms: number): string {
  const hex = ms.toString(16).padStart(TIMESTAMP_DIGITS, '0');
  return `${hex.slice(0, FIRST_BLOCK)}-${hex.slice(FIRST_BLOCK)}-0000-0000-000000000000`;
}

/** Returns when a uuid of version 7 was made, in ms since 1970. */
export function timeOfId(id: string): number {
  return Number.parseInt(id.replaceAll('-', '').slice(0, TIMESTAMP_DIGITS), 16);
}

/** Namespace of `derivedId` (RFC 9562, section 5.5): random, never to be changed. */
const NAMESPACE = Buffer.from('5b1dd2c4a1f04f6ba3a1c1c77a0e8e3d', 'hex');

/**
 * Returns the name-based uuid (version 5, RFC 9562, section 5.5) of the parts. Equal parts give
 * equal ids, so that a repeated request names the same row.
 */
export function derivedId(...parts: string[]): string {
  const hash = createHash('sha1').update(NAMESPACE).update(JSON.stringify(parts)).digest();
  return format(hash.subarray(0, UUID_BYTES), 5);
}
