import type { Policies } from '../shared/http/route';

/** Who may use the gateway's own routes; only here the prefix of the public API is written. */
export const policies = {
  'POST /api/v1/session': { allow: 'anybody' },
  'GET /api/v1/session': { allow: 'signed-in', owner: 'the holder of the cookie' },
  'DELETE /api/v1/session': { allow: 'signed-in', owner: 'the holder of the cookie' },
} as const satisfies Policies;
