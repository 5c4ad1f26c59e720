import { isLogin } from '../../services/gateway/api/open-api';
import type { JsonSchema } from './json-schema';
import type { ServiceRoute } from './programs';

const JSON_POINTER = 'JSON pointer (RFC 6901)';

/** Body of every refusal (RFC 9457). */
export const problemSchema: JsonSchema = {
  type: 'object',
  description: 'A refusal (RFC 9457). Programs decide by `type`, people read `title` and `detail`.',
  properties: {
    type: { type: 'string', description: 'Stable id', examples: ['not-active-yet'] },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string' },
    requestId: { type: 'string', description: 'Quote it when you ask for help' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          pointer: { type: 'string', description: JSON_POINTER },
          detail: { type: 'string', description: 'English, for people' },
          code: { type: 'string', description: 'Stable id', examples: ['too-long'] },
          params: { type: 'object', description: 'Values of a translation, e.g. `maximum`' },
        },
        required: ['pointer', 'detail', 'code'],
      },
    },
  },
  required: ['type', 'title', 'status'],
};

const retryAfter = {
  'Retry-After': { description: 'Seconds to wait', schema: { type: 'integer' } },
};

interface Refusal {
  name: string;
  description: string;
  headers?: object;
  appliesTo(route: ServiceRoute): boolean;
}

const always = (): boolean => true;
const isChange = ({ method }: ServiceRoute): boolean => method !== 'GET';
const takesInput = ({ spec }: ServiceRoute): boolean =>
  [spec.body, spec.query, spec.params].some((part) => part !== undefined);

/**
 * Returns true when the route accepts an idempotency key: every POST except those that give tokens.
 */
export function takesIdempotencyKey({ method, path }: ServiceRoute): boolean {
  return method === 'POST' && !isLogin(method, path);
}

/** Refusals by status, and the routes that may answer them. */
const refusals: Record<number, Refusal> = {
  400: {
    name: 'BadRequest',
    description: 'Something in the request is wrong',
    appliesTo: takesInput,
  },
  401: { name: 'Unauthorized', description: 'Nobody is signed in', appliesTo: always },
  403: { name: 'Forbidden', description: 'Not allowed', appliesTo: always },
  404: {
    name: 'NotFound',
    description: 'Not there, or somebody else’s',
    appliesTo: ({ spec }) => spec.params !== undefined,
  },
  409: { name: 'Conflict', description: 'The state of things refuses it', appliesTo: isChange },
  412: {
    name: 'StaleVersion',
    description: 'Somebody changed it meanwhile',
    appliesTo: ({ method }) => method === 'PATCH',
  },
  413: {
    name: 'TooLarge',
    description: 'The body is too large: over 64 kB, where the request names no other limit',
    appliesTo: ({ spec }) => spec.body !== undefined,
  },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body is not plain JSON',
    appliesTo: ({ spec }) => spec.body !== undefined,
  },
  422: {
    name: 'KeyReused',
    description: 'The Idempotency-Key was used with another request',
    appliesTo: takesIdempotencyKey,
  },
  428: {
    name: 'VersionRequired',
    description: 'If-Match is missing',
    appliesTo: ({ method }) => method === 'PATCH',
  },
  429: {
    name: 'TooMany',
    description: 'Too many requests',
    headers: retryAfter,
    appliesTo: always,
  },
  503: {
    name: 'Unavailable',
    description: 'Something needed is away for now',
    headers: retryAfter,
    appliesTo: always,
  },
};

/** Returns the shared answers of the document. */
export function problemResponses(): Record<string, JsonSchema> {
  const content = {
    'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
  };
  return Object.fromEntries(
    Object.values(refusals).map(({ name, description, headers }) => [
      name,
      { description, ...(headers === undefined ? {} : { headers }), content },
    ]),
  );
}

/** Returns references to the refusals that the route may answer. */
export function refusalsOf(route: ServiceRoute): Record<string, JsonSchema> {
  return Object.fromEntries(
    Object.entries(refusals)
      .filter(([, { appliesTo }]) => appliesTo(route))
      .map(([status, { name }]) => [status, { $ref: `#/components/responses/${name}` }]),
  );
}
