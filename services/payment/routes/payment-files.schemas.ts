import { z } from 'zod';
import { day, moment, money, uuid, visibleText } from '../../shared/contracts/fields';
import { pageOf, pageQuery } from '../../shared/contracts/paging';
import { toMoney } from '../../shared/kernel/money';
import { stateOfFile } from '../domain/payment-file';
import type { PaymentFile } from '../queries/payment-files';

const MAX_REASON = 500;
const MAX_INTEGER = 2_147_483_647;
/** Keys that fit into a request; a whole file needs none. */
const MAX_NAMED = 1_000;

/** Section of these routes in the API document. */
export const TAG = 'payment files';

export const transactions = z.array(uuid).min(1).max(MAX_NAMED);
export const reason = visibleText(MAX_REASON);
const part = { transactions: transactions.optional() };

export const params = z.strictObject({ id: uuid });
export const listQuery = z.strictObject(pageQuery);
export const confirmation = z.strictObject(part);
export const rejection = z.strictObject({ reason, ...part });

export const paymentFile = z
  .object({
    id: uuid,
    businessDay: day,
    currency: z.string(),
    number: z.int(),
    state: z.enum(['open', 'waiting', 'settled']),
    messageId: z.string().nullable(),
    createdAt: moment.nullable(),
    count: z.int(),
    total: money,
    transfers: z.object({
      waiting: z.int(),
      succeeded: z.int(),
      refused: z.int(),
      returned: z.int().meta({ description: 'Those of `succeeded` whose money came back' }),
    }),
  })
  .meta({ id: 'PaymentFile' });

export const filesPage = pageOf(paymentFile);
export const filePlace = z.strictObject({
  businessDay: day,
  currency: z.string().regex(/^[A-Z]{3}$/),
  number: z.int().min(1).max(MAX_INTEGER),
});

/** Presents a payment file. */
export function presentFile(file: PaymentFile): z.infer<typeof paymentFile> {
  const { totalCents, createdAt, waiting, succeeded, refused, returned, ...rest } = file;
  return {
    ...rest,
    state: stateOfFile(file),
    createdAt: createdAt?.toISOString() ?? null,
    count: waiting + succeeded + refused,
    total: toMoney(totalCents, file.currency),
    transfers: { waiting, succeeded, refused, returned },
  };
}
