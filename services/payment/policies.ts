import type { Policies } from '../shared/http/route';

/** Access rules of Payment's routes. */
export const policies = {
  'PUT /bank-transfers/{key}': { allow: 'services', callers: ['account-worker'] },
  'GET /bank-transfers/{key}': { allow: 'services', callers: ['account-worker', 'account'] },
  'POST /bank-transfers/{key}/withdraw': {
    allow: 'services',
    callers: ['account-worker', 'account'],
  },
} as const satisfies Policies;
