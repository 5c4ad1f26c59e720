import type { Context, Middleware } from 'koa';
import readRaw from 'raw-body';
import { Problem, badRequest } from '../kernel/errors';
import type { DocumentBody } from './route';
import { textOf } from './utf8';

declare module 'koa' {
  interface Request {
    /** Parsed JSON, once `jsonBody` has read the body. */
    body?: unknown;
    /** The body's text, unparsed. */
    rawBody?: string;
  }
}

const TOO_LARGE = 413;
const UNSUPPORTED = 415;
const JSON_TYPE = 'application/json';
const JSON_TYPES = [JSON_TYPE, 'application/cloudevents+json'];
/** JSON between systems is UTF-8 (RFC 8259, section 8.1). */
const CHARSET = 'utf-8';

/** Limits of bodies: requests of clients are small, events come in batches. */
export const BODY_LIMIT = '64kb';
export const EVENTS_BODY_LIMIT = '4mb';

/** Returns whether the charset is UTF-8 or absent; an unreadable one is neither. */
function isUtf8(ctx: Context): boolean {
  const { charset } = ctx.request;
  if (charset === '') return !/charset/i.test(ctx.get('content-type'));
  return charset.toLowerCase() === CHARSET;
}

/** Throws 415 unless a body is uncompressed JSON in UTF-8: a compressed one may be a zip bomb. */
export function requireJson(ctx: Context, types: readonly string[] = [JSON_TYPE]): void {
  requireType(ctx, types);
}

/** Throws 415 unless a body has one of the types, uncompressed and in UTF-8. */
export function requireType(ctx: Context, types: readonly string[]): void {
  const encoding = ctx.get('content-encoding').toLowerCase();
  const isPlain = encoding === '' || encoding === 'identity';
  if (isPlain && isUtf8(ctx) && ctx.is([...types])) return;
  throw new Problem(UNSUPPORTED, 'unsupported-media-type', `Send ${types[0]}`, {
    detail: 'Uncompressed, in UTF-8',
  });
}

async function readBytes(ctx: Context, limit: string | number): Promise<Buffer> {
  try {
    return await readRaw(ctx.req, { limit, length: ctx.get('content-length') || null });
  } catch (error) {
    const { status } = error as { status?: number };
    if (status !== TOO_LARGE) throw badRequest('The body ended too early');
    throw new Problem(TOO_LARGE, 'too-large', 'The body is too large', {
      detail: `The limit is ${limit}${typeof limit === 'number' ? ' bytes' : ''}`,
    });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw badRequest('The body is not JSON');
  }
}

/**
 * Reads JSON bodies in UTF-8 up to `limit`; throws 400, 413 or 415 for others. `decode` replaces
 * the strict decoder where a refusal would lose the body.
 */
export function jsonBody(limit: string, decode = textOf): Middleware {
  return async (ctx, next) => {
    // The sidecar forwards a request without body as an empty chunked one, without content type.
    const isTyped = ctx.get('content-type') !== '';
    const hasBody =
      (ctx.request.length ?? 0) > 0 || (isTyped && ctx.get('transfer-encoding') !== '');
    if (hasBody) requireJson(ctx, JSON_TYPES);
    const text = decode(await readBytes(ctx, limit), 'The body');
    if (text !== '') Object.assign(ctx.request, { rawBody: text, body: parse(text) });
    await next();
  };
}

/** Reads a body that is a document, as text. Throws 400, 413 or 415 for others. */
export function documentBody({ type, limitBytes }: DocumentBody): Middleware {
  return async (ctx, next) => {
    requireType(ctx, [type]);
    const body = textOf(await readBytes(ctx, limitBytes), 'The body');
    Object.assign(ctx.request, { body });
    await next();
  };
}

/**
 * Throws 400 when an object has a duplicate key: parsers disagree on which value counts (RFC 8259,
 * section 4).
 */
export function refuseDuplicateKeys(raw: string, parsed: unknown): void {
  if (countWrittenKeys(raw) !== countKeys(parsed)) throw badRequest('An object names a key twice');
}

/**
 * Counts strings before a colon. Each string is matched whole, key or not: a search for keys alone
 * would begin again at every quote inside of a string, in quadratic time.
 */
function countWrittenKeys(raw: string): number {
  let count = 0;
  for (const [, colon] of raw.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/g)) count += colon ? 1 : 0;
  return count;
}

/** Counts the keys of all objects in a value; a loop, because recursion fails on deep nesting. */
function countKeys(value: unknown): number {
  let count = 0;
  const waiting: unknown[] = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null) continue;
    const children: unknown[] = Object.values(next);
    if (!Array.isArray(next)) count += children.length;
    for (const child of children) waiting.push(child);
  }
  return count;
}
