import { catalogue } from '../catalogue';
import type { Policies } from '../shared/http/route';

/** Services that the gateway asks for their status. */
export const observed = catalogue.map(({ name }) => name).filter((name) => name !== 'gateway');

/** Services that compare what they keep when an operator asks. */
export const reconciled = catalogue.filter(({ reconciles }) => reconciles).map(({ name }) => name);

const operators = { allow: 'operations.manage', fresh: true } as const;

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
  'GET /api/v1/settings': { allow: 'anybody' },
  'GET /api/v1/operations/status': operators,
  'POST /api/v1/operations/reconciliations': operators,
  'GET /api/v1/operations/reconciliations/{id}': operators,
} as const satisfies Policies;
