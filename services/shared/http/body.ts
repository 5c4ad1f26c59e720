import type { Context, Middleware } from 'koa';
import readRaw from 'raw-body';
import { Problem, badRequest } from '../kernel/errors';
import { textOf } from './utf8';

declare module 'koa' {
  interface Request {
    /** What the body says, once `jsonBody` has read it. */
    body?: unknown;
    /** The body as it was written. */
    rawBody?: string;
  }
}

const TOO_LARGE = 413;
const UNSUPPORTED = 415;
const JSON_TYPE = 'application/json';
const JSON_TYPES = [JSON_TYPE, 'application/cloudevents+json'];
/** JSON between systems is UTF-8 (RFC 8259, section 8.1). */
const CHARSET = 'utf-8';

/** Requests of people are small; events come a batch at a time. */
export const BODY_LIMIT = '64kb';
export const EVENTS_BODY_LIMIT = '4mb';

/** Does the content type say UTF-8, or nothing? A charset that can't be made out is another one. */
function isUtf8(ctx: Context): boolean {
  const { charset } = ctx.request;
  if (charset === '') return !/charset/i.test(ctx.get('content-type'));
  return charset.toLowerCase() === CHARSET;
}

/** Throws 415 for a body that is not plain JSON in UTF-8; a compressed one may be a bomb. */
export function requireJson(ctx: Context, types: readonly string[] = [JSON_TYPE]): void {
  const encoding = ctx.get('content-encoding').toLowerCase();
  const isPlain = encoding === '' || encoding === 'identity';
  if (isPlain && isUtf8(ctx) && ctx.is([...types])) return;
  throw new Problem(UNSUPPORTED, 'unsupported-media-type', 'Send application/json', {
    detail: 'Uncompressed, in UTF-8',
  });
}

async function readBytes(ctx: Context, limit: string): Promise<Buffer> {
  try {
    return await readRaw(ctx.req, { limit, length: ctx.get('content-length') || null });
  } catch (error) {
    const { status } = error as { status?: number };
    if (status !== TOO_LARGE) throw badRequest('The body ended too early');
    throw new Problem(TOO_LARGE, 'too-large', 'The body is too large', {
      detail: `The limit is ${limit}`,
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
 * Reads JSON bodies in UTF-8 up to `limit`; 400, 413 or 415 for everything else. `decode` says
 * what bytes that are not UTF-8 become, where a refusal would lose them.
 */
export function jsonBody(limit: string, decode = textOf): Middleware {
  return async (ctx, next) => {
    // The sidecar passes a request without body on as an empty chunked one, without a type.
    const isTyped = ctx.get('content-type') !== '';
    const hasBody =
      (ctx.request.length ?? 0) > 0 || (isTyped && ctx.get('transfer-encoding') !== '');
    if (hasBody) requireJson(ctx, JSON_TYPES);
    const text = decode(await readBytes(ctx, limit), 'The body');
    if (text !== '') Object.assign(ctx.request, { rawBody: text, body: parse(text) });
    await next();
  };
}

/**
 * Refuses a body in which an object names a key twice: parsers disagree on which one counts
 * (RFC 8259, section 4). Throws 400.
 */
export function refuseDuplicateKeys(raw: string, parsed: unknown): void {
  if (countWrittenKeys(raw) !== countKeys(parsed)) throw badRequest('An object names a key twice');
}

/**
 * Texts before a colon. Each text is taken whole, key or not: a search for keys alone would begin
 * again at every quote inside of a text, in quadratic time.
 */
function countWrittenKeys(raw: string): number {
  let count = 0;
  for (const [, colon] of raw.matchAll(/"(?:[^"\\]|\\.)*"\s*(:?)/g)) count += colon ? 1 : 0;
  return count;
}

/** Keys of all objects in a parsed value; a loop, because nesting may be deep. */
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
