import { z } from 'zod';
import { defineCall } from '../call';
import { locale, uuid } from '../fields';

const TIMEOUT_MS = 3_000;
const userId = '0192c5a4-0000-7cc3-9d7e-2f4a6b8c0d1e';
const none = z.strictObject({});

/** Board asks whom tasks can be dealt to: active employees and accountants. */
export const activeEmployeeIds = defineCall({
  app: 'user',
  method: 'GET',
  path: '/active-employee-ids',
  request: none,
  response: z.object({ ids: z.array(uuid) }),
  example: { request: {}, response: { ids: [userId] } },
  timeoutMs: TIMEOUT_MS,
});

/** Everybody below this manager, at any depth. */
export const subordinateIds = defineCall({
  app: 'user',
  method: 'GET',
  path: '/users/{id}/subordinate-ids',
  request: none,
  response: z.object({ ids: z.array(uuid) }),
  example: { request: {}, response: { ids: [userId] } },
  timeoutMs: TIMEOUT_MS,
});

/** Where a letter to this person goes and in which language; also of deactivated people. */
export const userEmail = defineCall({
  app: 'user',
  method: 'GET',
  path: '/users/{id}/email',
  request: none,
  response: z.object({ email: z.string(), nickname: z.string(), locale }),
  example: {
    request: {},
    response: { email: 'kesha@popug.example', nickname: 'kesha', locale: 'en' },
  },
  timeoutMs: TIMEOUT_MS,
});

/** Account asks once, when it opens the account; null after User cleared its copy. */
export const userBankAccount = defineCall({
  app: 'user',
  method: 'GET',
  path: '/users/{id}/bank-account',
  request: none,
  response: z.object({ bankAccount: z.string().nullable() }),
  example: { request: {}, response: { bankAccount: '40817810099910004312' } },
  timeoutMs: TIMEOUT_MS,
});
