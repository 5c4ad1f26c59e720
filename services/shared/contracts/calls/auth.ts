import { z } from 'zod';
import { rights } from '../access-token';
import { defineCall } from '../call';
import { beakShape, shownBeakShape, uuid } from '../fields';

const TIMEOUT_MS = 3_000;
/** Timeout of calls that hash a beak shape: hashing waits in a bounded queue. */
const HASH_TIMEOUT_MS = 8_000;
const none = z.strictObject({});

/**
 * Sets the first beak shape of a user; never replaces one. `created` is false when credentials
 * exist; `matches` says whether they are of this shape, which tells a repeat from an attempt to
 * take an id over.
 */
export const createCredentials = defineCall({
  app: 'auth',
  method: 'PUT',
  path: '/credentials/{userId}',
  request: z.strictObject({ beakShape }),
  response: z.object({ created: z.boolean(), matches: z.boolean() }),
  example: {
    request: { beakShape: 'curved-yellow-42' },
    response: { created: true, matches: true },
  },
  timeoutMs: HASH_TIMEOUT_MS,
});

/**
 * Replaces a beak shape and ends all sessions of the user. `current` is the old shape when users do
 * it themselves (403 when wrong); null when somebody with `users.manage` does it, who may also set
 * the first one.
 */
export const replaceBeakShape = defineCall({
  app: 'auth',
  method: 'POST',
  path: '/credentials/{userId}/beak-shape',
  request: z.strictObject({ beakShape, current: shownBeakShape.nullable() }),
  response: z.object({ replaced: z.boolean() }),
  example: {
    request: { beakShape: 'straight-red-7', current: 'curved-yellow-42' },
    response: { replaced: true },
  },
  timeoutMs: HASH_TIMEOUT_MS,
});

/** Public signing keys (JWK Set, RFC 7517). */
export const jwks = defineCall({
  app: 'auth',
  method: 'GET',
  path: '/jwks',
  request: none,
  response: z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.string() })) }),
  example: {
    request: {},
    response: { keys: [{ kid: '2026-03', kty: 'EC', crv: 'P-256', x: 'f83OJ3D2', y: 'x_FEzRu9' }] },
  },
  timeoutMs: TIMEOUT_MS,
});

/**
 * Returns whether a session is alive and what its user may do now; `rights` is null when the
 * session does not exist. The gateway asks before every route whose policy is `fresh`.
 */
export const sessionState = defineCall({
  app: 'auth',
  method: 'GET',
  path: '/sessions/{sid}',
  request: none,
  response: z.object({
    active: z.boolean(),
    userId: uuid.nullable(),
    // The previous release of Auth sends no `rights`; it ends sessions whose user loses a right.
    rights: rights.nullable().default(null),
  }),
  example: {
    request: {},
    response: {
      active: true,
      userId: '0192c5a4-0000-7cc3-9d7e-2f4a6b8c0d1e',
      rights: { role: 'manager', permissions: ['tasks.distribute', 'tasks.view-all'] },
    },
  },
  timeoutMs: TIMEOUT_MS,
});
