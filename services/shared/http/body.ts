import bodyParser from '@koa/bodyparser';
import type { Middleware } from 'koa';
import { Problem, badRequest } from '../kernel/errors';

const TOO_LARGE = 413;
const UNSUPPORTED = 415;
const JSON_TYPES = ['application/json', 'application/cloudevents+json'];

/** Requests of people are small; events come a batch at a time. */
export const BODY_LIMIT = '64kb';
export const EVENTS_BODY_LIMIT = '4mb';

/** Parses JSON bodies up to `limit`; 400, 413 or 415 for everything else. */
export function jsonBody(limit: string): Middleware {
  const parse = bodyParser({
    enableTypes: ['json'],
    jsonLimit: limit,
    jsonStrict: false,
    extendTypes: { json: JSON_TYPES },
    onError: (error) => {
      const { status } = error as { status?: number };
      if (status === TOO_LARGE) {
        throw new Problem(TOO_LARGE, 'too-large', 'The body is too large', {
          detail: `The limit is ${limit}`,
        });
      }
      throw badRequest('The body is not JSON');
    },
  });
  return async (ctx, next) => {
    // The sidecar passes a request without body on as an empty chunked one, without a type.
    const isTyped = ctx.get('content-type') !== '';
    const hasBody =
      (ctx.request.length ?? 0) > 0 || (isTyped && ctx.get('transfer-encoding') !== '');
    if (hasBody && !ctx.is(JSON_TYPES)) {
      throw new Problem(UNSUPPORTED, 'unsupported-media-type', 'Send application/json');
    }
    await parse(ctx, next);
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
