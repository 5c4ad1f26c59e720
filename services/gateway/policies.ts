import type { Policies } from '../shared/http/route';

/** Who may use the gateway's own routes; only here the prefix of the public API is written. */
export const policies = {
  'POST /api/v1/session': { allow: 'anybody' },
  'GET /api/v1/session': {
    allow: 'signed-in',
    owner: 'the holder of the cookie',
    fresh: false,
    because: 'the email shown is one’s own',
  },
  'DELETE /api/v1/session': {
    allow: 'signed-in',
    owner: 'the holder of the cookie',
    fresh: false,
    because: 'logging out works while Auth is away',
  },
} as const satisfies Policies;
