import type { Policies } from '../shared/http/route';

/** Access rules of the gateway's own routes. Only these paths contain the public API's prefix. */
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
  'GET /api/v1/live': { allow: 'signed-in', owner: 'what the caller may read', fresh: true },
  'POST /peer-hints': { allow: 'services', callers: ['gateway'] },
} as const satisfies Policies;
