import { z } from 'zod';
import { defineCall } from '../call';
import { locale, uuid } from '../fields';

const TIMEOUT_MS = 3_000;
const userId = '0192c5a4-0000-7cc3-9d7e-2f4a6b8c0d1e';
const none = z.strictObject({});

/** Board asks who can be dealt tasks: active employees and accountants. */
export const activeEmployeeIds = defineCall({
  app: 'user',
  method: 'GET',
  path: '/active-employee-ids',
  request: none,
  response: z.object({ ids: z.array(uuid) }),
  example: { request: {}, response: { ids: [userId] } },
  timeoutMs: TIMEOUT_MS,
});

/** Ids of a manager's subordinates, at any depth; also of those who left. */
export const subordinateIds = defineCall({
  app: 'user',
  method: 'GET',
  path: '/users/{id}/subordinate-ids',
  request: none,
  response: z.object({ ids: z.array(uuid) }),
  example: { request: {}, response: { ids: [userId] } },
  timeoutMs: TIMEOUT_MS,
});

/** Email address and language for letters to a user; also of deactivated users. */
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

/** Account asks when it opens the account; null without a number or after User cleared it. */
export const userBankAccount = defineCall({
  app: 'user',
  method: 'GET',
  path: '/users/{id}/bank-account',
  request: none,
  response: z.object({
    bankAccount: z.string().nullable(),
    /** Full name of the holder; null when the person gave none. */
    fullName: z.string().nullable().optional(),
  }),
  example: { request: {}, response: { bankAccount: '40817810099910004312', fullName: null } },
  timeoutMs: TIMEOUT_MS,
});
