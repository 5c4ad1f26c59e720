import { z } from 'zod';
import { rights } from '../access-token';
import { defineCall } from '../call';
import { beakShape, shownBeakShape, uuid } from '../fields';

const TIMEOUT_MS = 3_000;
/** Hashing a beak shape waits in a bounded queue: give it time. */
const HASH_TIMEOUT_MS = 8_000;
const none = z.strictObject({});

/**
 * Sets the first beak shape of a user. Creates and never replaces: `created` is false when
 * credentials were there already; `matches` says whether they are of this shape, so that a
 * repeat can be told from somebody who tries to take an id over.
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
 * Replaces a beak shape and ends all sessions of the user. `current` is the old shape when a
 * person does it to themselves, 403 when it is wrong; null when somebody with `users.manage`
 * does it, who may also set the first one.
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

/** Public halves of the signing keys (RFC 7517). */
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
 * Is this session alive, and what may its user do now? Asked by the gateway before every write and
 * before whatever takes a permission. `rights` is null when there is no such session.
 */
export const sessionState = defineCall({
  app: 'auth',
  method: 'GET',
  path: '/sessions/{sid}',
  request: none,
  response: z.object({
    active: z.boolean(),
    userId: uuid.nullable(),
    // An Auth of the release before says nothing of rights; it ends the session of who loses one.
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
