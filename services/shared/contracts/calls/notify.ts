import { z } from 'zod';
import { defineCall } from '../call';
import { day, locale, money, storedEmail, uuid } from '../fields';

const TIMEOUT_MS = 10_000;

const letter = z.discriminatedUnion('template', [
  z.strictObject({ template: z.literal('payout-paid'), day, amount: money }),
  z.strictObject({ template: z.literal('payout-refused'), day, amount: money, reason: z.string() }),
  z.strictObject({
    template: z.literal('payout-returned'),
    day,
    amount: money,
    /** Words of the bank. */
    reason: z.string(),
  }),
  z.strictObject({
    template: z.literal('entry-reversed'),
    /** Kind and business day of the corrected entry. */
    kind: z.enum(['fee', 'reward', 'reversal']),
    day,
    /** Change of the balance: negative when the correction debits. */
    amount: money,
    reason: z.string(),
  }),
  z.strictObject({ template: z.literal('bank-account-changed'), bankAccount: z.string() }),
  z.strictObject({ template: z.literal('beak-shape-changed') }),
  z.strictObject({
    template: z.literal('beak-shape-reset'),
    nickname: z.string(),
    by: z.string(),
  }),
  z.strictObject({ template: z.literal('email-changed'), newEmail: z.string() }),
]);
/** Content of a letter; amounts in minor units, bank accounts masked. */
export type LetterContent = z.infer<typeof letter>;

/** Type of Notify's 422: the address reaches nobody, a retry is no use. */
export const ADDRESS_REFUSED = 'address-refused';

/**
 * Sends a letter, once per key as far as SMTP allows: the Message-ID derives from the key, so a
 * duplicate after a crash is recognisable.
 */
export const putLetter = defineCall({
  app: 'notify',
  method: 'PUT',
  path: '/letters/{key}',
  request: z.strictObject({
    to: storedEmail,
    nickname: z.string().max(64),
    locale,
    letter,
  }),
  response: z.object({ sent: z.boolean(), alreadySent: z.boolean() }),
  example: {
    request: {
      to: 'kesha@popug.example',
      nickname: 'kesha',
      locale: 'en',
      letter: {
        template: 'payout-paid',
        day: '2026-03-02',
        amount: { amount: '4250', currency: 'USD' },
      },
    },
    response: { sent: true, alreadySent: false },
  },
  timeoutMs: TIMEOUT_MS,
});

/** Keys of one question. */
export const MAX_LETTER_KEYS = 100;

/** Asks which letters Notify does not know as sent; it remembers sent ones for 90 days. */
export const unsentLetters = defineCall({
  app: 'notify',
  method: 'POST',
  path: '/unsent-letters',
  request: z.strictObject({ keys: z.array(uuid).min(1).max(MAX_LETTER_KEYS) }),
  response: z.object({ keys: z.array(uuid) }),
  example: {
    request: { keys: ['0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e'] },
    response: { keys: [] },
  },
  timeoutMs: TIMEOUT_MS,
});
