import type { z } from 'zod';
import type { BasedOn } from '../kernel/based-on';
import { Problem, badRequest, type FieldFault } from '../kernel/errors';

const MAX_KEY_LENGTH = 255;
/** Visible ASCII and spaces (RFC 9110, section 5.5). */
const PLAIN_TEXT = /^[\x20-\x7e]*$/;
const MAX_FAULTS = 20;
const PRECONDITION_REQUIRED = 428;

/** Returns the JSON pointer (RFC 6901) of a path of keys below `root`. */
function pointer(root: string, path: PropertyKey[]): string {
  const parts = path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'));
  return ['', root, ...parts].filter((part, index) => index === 0 || part !== '').join('/');
}

/** Schema of a part of a request; undefined when that part must be empty. */
export type Schema = z.ZodType | undefined;
/** Type of a part of a request after validation. */
export type Parsed<Of extends Schema> = Of extends z.ZodType ? z.infer<Of> : Record<never, never>;

/**
 * Validates a part of a request; `root` names it: `query`, `params`, or empty for the body. Throws
 * 400 with a pointer for each fault, at most 20. Without a schema the part must be empty.
 */
export function checked<Of extends Schema>(
  schema: Of | undefined,
  value: unknown,
  root: string,
): Parsed<Of> {
  if (!schema) {
    const isEmpty = value === undefined || Object.keys(value as object).length === 0;
    if (isEmpty) return {} as Parsed<Of>;
    throw badRequest(`Nothing is expected in the ${root || 'body'}`);
  }
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data as Parsed<Of>;
  const errors = result.error.issues.slice(0, MAX_FAULTS).map((issue): FieldFault => {
    const place = { pointer: pointer(root, issue.path), detail: issue.message };
    return { ...place, ...kindOf(issue, valueAt(value, issue.path)) };
  });
  throw badRequest(errors.map((fault) => `${fault.pointer} ${fault.detail}`).join('; '), errors);
}

function valueAt(value: unknown, path: PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inside, key) => (inside as Record<PropertyKey, unknown> | null | undefined)?.[key],
    value,
  );
}

/** Returns code and params of an issue; schemas give those of their own refinements. */
function kindOf(issue: z.core.$ZodIssue, found: unknown): Pick<FieldFault, 'code' | 'params'> {
  switch (issue.code) {
    case 'invalid_type':
      if (found === undefined) return { code: 'required' };
      return { code: 'wrong-type', params: { expected: issue.expected } };
    case 'too_small':
      return { code: 'too-small', params: { minimum: Number(issue.minimum) } };
    case 'too_big':
      return { code: 'too-big', params: { maximum: Number(issue.maximum) } };
    case 'invalid_format':
      return { code: 'wrong-format', params: { format: issue.format } };
    case 'invalid_value':
      if (found === undefined) return { code: 'required' };
      return { code: 'not-one-of', params: { values: issue.values } };
    case 'unrecognized_keys':
      return { code: 'unknown-field', params: { keys: issue.keys } };
    case 'custom': {
      const { code = 'invalid', ...params } = (issue.params ?? {}) as { code?: string };
      return { code, ...(Object.keys(params).length > 0 && { params }) };
    }
    default:
      return { code: 'invalid' };
  }
}

/** `#entity-tag`: lists may have empty places, tags may hold commas (RFC 9110, 5.6.1, 8.8.3). */
const TAGS = /^[\s,]*(?:(?:W\/)?"[\x21\x23-\x7e]*"\s*(?:,[\s,]*|$))+$/;
const TAG = /(W\/)?"([^"]*)"/g;
const OUR_TAG = /^[1-9]\d{0,8}$/;

/**
 * Returns the versions that a PATCH may be based on, from `If-Match` (RFC 9110, section 13.1.1).
 * Weak and foreign ETags match nothing. Throws 428 `if-match-required` without the header, 400 for
 * bad syntax.
 */
export function basedOnOf(header: string): BasedOn {
  if (header === '') {
    throw new Problem(PRECONDITION_REQUIRED, 'if-match-required', 'Say which version you changed', {
      detail: 'Send the ETag of what you read as If-Match',
    });
  }
  if (header === '*') return 'any';
  if (!TAGS.test(header)) throw badRequest('If-Match is not a list of ETags');
  return [...header.matchAll(TAG)]
    .filter(([, weak, tag]) => weak === undefined && OUR_TAG.test(tag!))
    .map(([, , tag]) => Number(tag));
}

/**
 * Returns the versions that any other change may be based on: an `If-Match` that a client sends
 * holds for every method (RFC 9110, section 13.1.1). Throws 400 for bad syntax.
 */
export function basedOnIfSaid(headers: Readonly<Record<string, string | undefined>>): BasedOn {
  const header = headers['if-match'] ?? '';
  return header === '' ? 'any' : basedOnOf(header);
}

/**
 * Returns the `Idempotency-Key`, or null. Throws 400 when the key is too long or not plain ASCII:
 * headers have no agreed encoding, and a wrong guess could make two keys equal.
 */
export function idempotencyKeyOf(header: string): string | null {
  if (!PLAIN_TEXT.test(header)) throw badRequest('Idempotency-Key is not plain text');
  if (header.length > MAX_KEY_LENGTH) {
    throw badRequest(`Idempotency-Key is longer than ${MAX_KEY_LENGTH} characters`);
  }
  return header === '' ? null : header;
}
