import type { Policies } from '../shared/http/route';

/** Who may use which route of Notify. */
export const policies = {
  'PUT /letters/{key}': { allow: 'services', callers: ['account-worker', 'account', 'user'] },
} as const satisfies Policies;
