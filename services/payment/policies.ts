import type { Policies } from '../shared/http/route';
import {
  auditLogPolicies,
  reconciliationPolicies,
  statusPolicies,
} from '../shared/operations/policies';

/** Access rules of Payment's routes. */
export const policies = {
  'PUT /bank-transfers/{key}': { allow: 'services', callers: ['account-worker'] },
  'GET /bank-transfers/{key}': { allow: 'services', callers: ['account-worker', 'account'] },
  'POST /bank-transfers/{key}/withdraw': {
    allow: 'services',
    callers: ['account-worker', 'account'],
  },
  'GET /returned-transfers/{after}': { allow: 'services', callers: ['account-worker'] },
  'GET /payment-files': { allow: 'payouts.manage', fresh: true },
  'GET /payment-files/{id}/file': { allow: 'payouts.manage', fresh: true },
  'POST /payment-files/{id}/confirm': { allow: 'payouts.manage', fresh: true },
  'POST /payment-files/{id}/reject': { allow: 'payouts.manage', fresh: true },
  'POST /payment-files/{id}/status': { allow: 'payouts.manage', fresh: true },
  'GET /payment-files/{id}/transfers': { allow: 'payouts.manage', fresh: true },
  'POST /payment-files/{id}/return': { allow: 'payouts.manage', fresh: true },
  'POST /bank-transfers/digests': { allow: 'services', callers: ['account'] },
  'POST /bank-transfers/rows': { allow: 'services', callers: ['account'] },
  ...auditLogPolicies,
  ...statusPolicies,
  ...reconciliationPolicies,
} as const satisfies Policies;
