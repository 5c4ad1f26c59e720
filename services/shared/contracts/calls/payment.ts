import { z } from 'zod';
import { defineCall } from '../call';
import { day, fullName, moment, money, storedBankAccount, uuid } from '../fields';

/** Payment waits 4 s for the bank; the rest is room for its database and the sidecars. */
const TIMEOUT_MS = 10_000;

const MAX_RETURNED = 100;

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
  z.object({
    outcome: z.literal('in_progress'),
    bankReference: z.null(),
    reason: z.null(),
    /** Whose answer ends the transfer; without the field: the bank's. */
    waitingFor: z.enum(['bank', 'operator']).optional(),
  }),
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
  /** Business day whose payout is transferred; rails that write files by day need it. */
  businessDay: day.optional(),
  /** Full name of the holder of the bank account; some rails need it. */
  creditorName: fullName.optional(),
});
const someOrder: z.infer<typeof order> = {
  amount: '4250',
  currency: 'USD',
  bankAccount: '40817810099910004312',
};

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

/**
 * Returns transfers whose money the bank sent back, in the order in which Payment learned of them,
 * after the position; at most 100. `0` is the position before all. A transfer is returned once, as
 * a whole.
 */
export const getReturnedTransfers = defineCall({
  app: 'payment',
  method: 'GET',
  path: '/returned-transfers/{after}',
  request: z.strictObject({}),
  response: z.object({
    items: z
      .array(
        z.object({
          position: z.string().regex(/^[1-9]\d{0,18}$/),
          key: uuid,
          ...money.shape,
          amount: positiveAmount,
          /** Words of the bank. */
          reason: z.string(),
          returnedAt: moment,
        }),
      )
      .max(MAX_RETURNED),
  }),
  example: {
    request: {},
    response: {
      items: [
        {
          position: '1',
          key: '0192c5a4-0000-5cc3-9d7e-2f4a6b8c0d1e',
          amount: '4250',
          currency: 'USD',
          reason: 'account closed',
          returnedAt: '2026-03-03T09:00:00.000Z',
        },
      ],
    },
  },
  timeoutMs: TIMEOUT_MS,
});
