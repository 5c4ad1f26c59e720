import type { Policies } from '../shared/http/route';

/** Everybody who checks tokens; Auth itself reads its keys from its own database. */
const VERIFIERS = ['gateway', 'user', 'board', 'account', 'account-worker', 'payment', 'notify'];

/** Who may use which route of the auth service. */
export const policies = {
  'POST /tokens': { allow: 'anybody' },
  'POST /tokens/refresh': { allow: 'anybody' },
  'GET /sessions': { allow: 'signed-in', owner: 'oneself' },
  'DELETE /sessions/{id}': { allow: 'signed-in', owner: 'oneself', fresh: true },
  'GET /sessions/{sid}': { allow: 'services', callers: ['gateway'] },
  'GET /jwks': { allow: 'services', callers: VERIFIERS },
  'PUT /credentials/{userId}': { allow: 'services', callers: ['user', 'create-admin'] },
  'POST /credentials/{userId}/beak-shape': { allow: 'services', callers: ['user'] },
} as const satisfies Policies;
