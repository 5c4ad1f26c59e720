import type { Middleware } from 'koa';
import { badRequest } from '../kernel/errors';

const strict = new TextDecoder('utf-8', { fatal: true });
const lossy = new TextDecoder('utf-8');
const ENCODED = /%([0-9a-f]{2})/gi;
const HALF_ENCODED = /%(?![0-9a-f]{2})/i;

/**
 * Decodes UTF-8 without a leading byte order mark (RFC 8259, section 8.1). Throws 400 for bytes
 * that are not UTF-8 (RFC 3629): with replacement characters different bytes would become one text,
 * and one secret would match another.
 */
export function textOf(bytes: Uint8Array, what: string): string {
  try {
    return strict.decode(bytes);
  } catch {
    throw badRequest(`${what} is not UTF-8`);
  }
}

/** Decodes UTF-8, invalid bytes as replacement characters: for texts that people only look at. */
export function lossyTextOf(bytes: Uint8Array): string {
  return lossy.decode(bytes);
}

/** Returns the bytes of a percent-encoded part of a URL (RFC 3986, section 2.1). */
function bytesOf(encoded: string): Buffer {
  const toByte = (_: string, hex: string): string => String.fromCharCode(parseInt(hex, 16));
  return Buffer.from(encoded.replace(ENCODED, toByte), 'latin1');
}

/** Throws 400 for a request target whose path or query is not percent-encoded UTF-8. */
export function requireTextTarget(target: string): void {
  textOf(bytesOf(target), 'The address');
  const query = target.indexOf('?');
  if (query >= 0 && HALF_ENCODED.test(target.slice(query))) {
    throw badRequest('The query is not percent-encoded');
  }
}

/** Lets in only requests whose target is percent-encoded UTF-8. Throws 400. */
export const textTargetsOnly: Middleware = async (ctx, next) => {
  requireTextTarget(ctx.originalUrl);
  await next();
};
