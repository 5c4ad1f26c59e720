import type { Policies } from '../shared/http/route';
import { statusPolicies } from '../shared/operations/policies';

/** Access policies of Notify's routes. */
export const policies = {
  // Account itself sends none any more: for a roll back to the version before.
  'PUT /letters/{key}': { allow: 'services', callers: ['account-worker', 'account', 'user'] },
  'POST /unsent-letters': { allow: 'services', callers: ['account', 'user'] },
  ...statusPolicies,
} as const satisfies Policies;
