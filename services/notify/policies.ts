import type { Policies } from '../shared/http/route';

/** Access policies of Notify's routes. */
export const policies = {
  'PUT /letters/{key}': { allow: 'services', callers: ['account-worker', 'account', 'user'] },
} as const satisfies Policies;
