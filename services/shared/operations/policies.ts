import type { Policies } from '../http/route';

const operators = { allow: 'operations.manage', fresh: true } as const;

/** Policies of the routes of dead letters, for services that subscribe to topics. */
export const deadLetterPolicies = {
  'GET /operations/{service}/dead-letters': operators,
  'GET /operations/{service}/dead-letters/{id}': operators,
  'POST /operations/{service}/dead-letters/replay': operators,
  'POST /operations/{service}/dead-letters/{id}/replay': operators,
  'POST /operations/{service}/dead-letters/{id}/discard': operators,
} as const satisfies Policies;

/** Policies of the audit log's routes, for services with a database. */
export const auditLogPolicies = {
  'GET /operations/{service}/audit-log': operators,
  'GET /operations/{service}/audit-log.csv': operators,
} as const satisfies Policies;

/** Policies of the routes of letters, for services with a queue of letters. */
export const letterPolicies = {
  'GET /operations/{service}/letters': operators,
  'POST /operations/{service}/letters/{id}/resend': operators,
} as const satisfies Policies;

const gateway = { allow: 'services', callers: ['gateway'] } as const;

/** Policy of the status, for every service but the gateway. */
export const statusPolicies = { 'GET /status': gateway } as const satisfies Policies;

/** Policies of reconciliations that an operator starts. */
export const reconciliationPolicies = {
  'POST /reconciliations': gateway,
  'GET /reconciliations/{id}': gateway,
} as const satisfies Policies;
