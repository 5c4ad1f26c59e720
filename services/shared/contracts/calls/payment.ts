import { z } from 'zod';
import { defineCall } from '../call';
import { money, storedBankAccount } from '../fields';

/** Payment answers within 5 s whatever the bank does; the caller gives it twice that. */
const TIMEOUT_MS = 10_000;

/** Only something can be moved: neither nothing nor less than nothing. */
const positiveAmount = money.shape.amount.regex(/^[1-9]/, 'must be more than zero');

const transferState = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('succeeded'), bankReference: z.string(), reason: z.null() }),
  z.object({
    outcome: z.literal('refused'),
    bankReference: z.string().nullable(),
    reason: z.string(),
  }),
  z.object({ outcome: z.literal('withdrawn'), bankReference: z.null(), reason: z.null() }),
  z.object({ outcome: z.literal('in_progress'), bankReference: z.null(), reason: z.null() }),
]);
/**
 * Final (`succeeded`, `refused`, `withdrawn`: replayed for ever, status 200) or still `in_progress`
 * (202). What is `withdrawn` never was at the bank, and never will be.
 */
export type BankTransferState = z.infer<typeof transferState>;

const succeeded: BankTransferState = {
  outcome: 'succeeded',
  bankReference: 'SB-000042',
  reason: null,
};

const order = z.strictObject({
  ...money.shape,
  amount: positiveAmount,
  bankAccount: storedBankAccount,
});
const someOrder = { amount: '4250', currency: 'USD', bankAccount: '40817810099910004312' };

/** Moves money outside, once per key. The same key with other content is 422. */
export const putBankTransfer = defineCall({
  app: 'payment',
  method: 'PUT',
  path: '/bank-transfers/{key}',
  request: order,
  response: transferState,
  example: { request: someOrder, response: succeeded },
  timeoutMs: TIMEOUT_MS,
});

/**
 * Takes an order back that has not arrived, so that it never moves money when it does; one that
 * has is left as it is. Answers what became of the key. Other content than the order's is 422.
 */
export const withdrawBankTransfer = defineCall({
  app: 'payment',
  method: 'POST',
  path: '/bank-transfers/{key}/withdraw',
  request: order,
  response: transferState,
  example: {
    request: someOrder,
    response: { outcome: 'withdrawn', bankReference: null, reason: null },
  },
  timeoutMs: TIMEOUT_MS,
});

/**
 * Id of Payment's own 404: this key never arrived, so it may be put again. No other 404 says so:
 * that of a route may come from a wrong version, a sidecar or a proxy.
 */
export const BANK_TRANSFER_UNKNOWN = 'bank-transfer-unknown';

/** What became of that key; a 404 `BANK_TRANSFER_UNKNOWN` when it never arrived. */
export const getBankTransfer = defineCall({
  app: 'payment',
  method: 'GET',
  path: '/bank-transfers/{key}',
  request: z.strictObject({}),
  response: transferState,
  example: { request: {}, response: succeeded },
  timeoutMs: TIMEOUT_MS,
});
