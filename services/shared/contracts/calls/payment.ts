import { z } from 'zod';
import { defineCall } from '../call';
import { money, storedBankAccount } from '../fields';

/** Payment waits 4 s for the bank; the rest is room for its database and the sidecars. */
const TIMEOUT_MS = 10_000;

/** Amount of an order: above zero. */
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
 * State of a bank transfer. Final ones (`succeeded`, `refused`, `withdrawn`) are replayed for ever
 * with status 200; `in_progress` has 202. A `withdrawn` transfer never reaches the bank.
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

/** Moves money to a bank account, once per key. 422 when the key was used for another order. */
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
 * Withdraws an order that has not arrived: a late arrival moves no money. An order that has arrived
 * is not changed. Returns the state of the key; 422 when the key was used for another order.
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
 * Id of Payment's own 404: the key never arrived, so its order may be put again. A 404 with any
 * other id proves nothing: it may come from another version, a sidecar or a proxy.
 */
export const BANK_TRANSFER_UNKNOWN = 'bank-transfer-unknown';

/** Returns the state of a key; 404 `BANK_TRANSFER_UNKNOWN` when the key never arrived. */
export const getBankTransfer = defineCall({
  app: 'payment',
  method: 'GET',
  path: '/bank-transfers/{key}',
  request: z.strictObject({}),
  response: transferState,
  example: { request: {}, response: succeeded },
  timeoutMs: TIMEOUT_MS,
});
