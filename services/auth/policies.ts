import { catalogue, producersFor } from '../catalogue';
import type { Policies } from '../shared/http/route';
import {
  auditLogPolicies,
  deadLetterPolicies,
  reconciliationPolicies,
  statusPolicies,
} from '../shared/operations/policies';

/** Services that verify tokens; Auth reads the keys from its own database. */
const VERIFIERS = catalogue.map(({ name }) => name).filter((name) => name !== 'auth');

/** Services that publish what Auth subscribes to. */
export const producers = producersFor('auth');

/** Access policies of Auth's routes. */
export const policies = {
  'POST /tokens': { allow: 'anybody' },
  'POST /tokens/refresh': { allow: 'anybody' },
  'GET /sessions': { allow: 'signed-in', owner: 'oneself' },
  'DELETE /sessions/{id}': { allow: 'signed-in', owner: 'oneself', fresh: true },
  'GET /sessions/{sid}': { allow: 'services', callers: ['gateway'] },
  'GET /jwks': { allow: 'services', callers: VERIFIERS },
  'PUT /credentials/{userId}': { allow: 'services', callers: ['user', 'create-admin'] },
  'POST /credentials/{userId}/beak-shape': { allow: 'services', callers: ['user'] },
  ...deadLetterPolicies,
  ...auditLogPolicies,
  ...statusPolicies,
  ...reconciliationPolicies,
} as const satisfies Policies;
