import { consumersOf, producersFor } from '../catalogue';
import type { Policies } from '../shared/http/route';
import {
  auditLogPolicies,
  deadLetterPolicies,
  letterPolicies,
  reconciliationPolicies,
  statusPolicies,
} from '../shared/operations/policies';
import { publishedEventPolicies } from '../shared/operations/published-events.routes';

/** Services that subscribe to topics of Account. */
export const consumers = consumersOf('account');

/** Services that publish what Account subscribes to. */
export const producers = producersFor('account');

/** Access policy of each route of Account. */
export const policies = {
  'POST /prices': { allow: 'services', callers: ['board'] },
  'GET /price-formulas': { allow: 'prices.configure', fresh: true },
  'POST /price-formulas': { allow: 'prices.configure', fresh: true },
  'DELETE /price-formulas/{version}': { allow: 'prices.configure', fresh: true },
  'GET /accounts/me': {
    allow: 'signed-in',
    owner: 'the holder',
    fresh: false,
    because: 'the bank account shown is one’s own',
  },
  'GET /accounts/me/entries': { allow: 'signed-in', owner: 'the holder' },
  'GET /accounts/me/entries.csv': { allow: 'signed-in', owner: 'the holder' },
  'GET /accounts/me/days': { allow: 'signed-in', owner: 'the holder' },
  'GET /accounts/me/payouts': {
    allow: 'signed-in',
    owner: 'the holder',
    fresh: false,
    because: 'the bank accounts shown are one’s own, and masked',
  },
  'GET /accounts/me/payouts.csv': { allow: 'signed-in', owner: 'the holder' },
  'PUT /accounts/me/bank-account': { allow: 'signed-in', owner: 'the holder', fresh: true },
  'GET /accounts': { allow: 'accounting.view-all', fresh: true },
  'GET /accounts.csv': { allow: 'accounting.view-all', fresh: true },
  'GET /accounts/company': { allow: 'accounting.view-all', fresh: true },
  'GET /accounts/company/entries': { allow: 'accounting.view-all', fresh: true },
  'GET /accounts/company/entries.csv': { allow: 'accounting.view-all', fresh: true },
  'GET /accounts/company/days': { allow: 'accounting.view-all', fresh: true },
  'GET /accounts/{userId}': { allow: 'accounting.view-all', fresh: true },
  'PATCH /accounts/{userId}': { allow: 'accounting.correct', fresh: true },
  'GET /accounts/{userId}/entries': { allow: 'accounting.view-all', fresh: true },
  'POST /entries/{id}/reverse': {
    allow: 'accounting.correct',
    owner: 'not one’s own account',
    fresh: true,
  },
  'GET /accounts/{userId}/entries.csv': { allow: 'accounting.view-all', fresh: true },
  'GET /accounts/{userId}/days': { allow: 'accounting.view-all', fresh: true },
  'GET /business-days': { allow: 'payouts.manage', fresh: true },
  'GET /business-days.csv': { allow: 'payouts.manage', fresh: true },
  'GET /business-days/{day}': { allow: 'payouts.manage', fresh: true },
  'POST /business-days/{day}/close': { allow: 'payouts.manage', fresh: true },
  'GET /payouts': { allow: 'payouts.manage', fresh: true },
  'GET /payouts.csv': { allow: 'payouts.manage', fresh: true },
  'GET /payouts/counts': { allow: 'payouts.manage', fresh: true },
  'GET /payouts/bank': { allow: 'payouts.manage', fresh: true },
  'GET /payouts/{id}': { allow: 'payouts.manage', fresh: true },
  'POST /payouts/retry': { allow: 'payouts.manage', owner: 'not the payee', fresh: true },
  'POST /payouts/{id}/retry': { allow: 'payouts.manage', owner: 'not the payee', fresh: true },
  'POST /payouts/{id}/cancel': { allow: 'payouts.manage', owner: 'not the payee', fresh: true },
  'POST /payouts/{id}/resolve': { allow: 'payouts.manage', owner: 'not the payee', fresh: true },
  'GET /analytics/earnings': { allow: 'analytics.view', fresh: true },
  'GET /analytics/below-zero': { allow: 'analytics.view', fresh: true },
  'GET /analytics/dearest-task': { allow: 'analytics.view', fresh: true },
  ...deadLetterPolicies,
  ...auditLogPolicies,
  ...letterPolicies,
  ...statusPolicies,
  ...reconciliationPolicies,
  ...publishedEventPolicies(consumers),
} as const satisfies Policies;
