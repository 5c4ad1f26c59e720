import type { Policies } from '../shared/http/route';

/** Who may use which route of Account. */
export const policies = {
  'POST /prices': { allow: 'services', callers: ['board'] },
  'GET /price-formulas': { allow: 'prices.configure' },
  'POST /price-formulas': { allow: 'prices.configure', fresh: true },
  'GET /accounts/me': { allow: 'signed-in', owner: 'the holder' },
  'GET /accounts/me/entries': { allow: 'signed-in', owner: 'the holder' },
  'PUT /accounts/me/bank-account': { allow: 'signed-in', owner: 'the holder', fresh: true },
  'GET /accounts': { allow: 'accounting.view-all' },
  'GET /accounts/{userId}': { allow: 'accounting.view-all' },
  'PATCH /accounts/{userId}': { allow: 'accounting.correct', fresh: true },
  'GET /accounts/{userId}/entries': { allow: 'accounting.view-all' },
  'GET /analytics/earnings': { allow: 'analytics.view' },
  'GET /analytics/below-zero': { allow: 'analytics.view' },
  'GET /analytics/dearest-task': { allow: 'analytics.view' },
} as const satisfies Policies;
