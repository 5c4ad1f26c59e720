import { z } from 'zod';
import { money, uuid } from '../../shared/contracts/fields';
import { pageOf } from '../../shared/contracts/paging';
import { toMoney } from '../../shared/kernel/money';
import { filedTransferStates } from '../domain/filed-return';
import { MAX_TRANSFERS_PER_FILE } from '../domain/payment-file';
import type { FiledTransferView } from '../queries/filed-transfers';
import { reason, transactions } from './payment-files.schemas';

export const returned = z.strictObject({ reason, transactions });

const filedTransfer = z
  .object({
    key: uuid,
    amount: money,
    creditorName: z.string(),
    bankAccount: z.string(),
    state: z.enum(filedTransferStates),
    bankReference: z.string().nullable(),
    reason: z
      .string()
      .nullable()
      .meta({ description: 'Why the bank refused the transfer, or sent its money back' }),
  })
  .meta({ id: 'FiledTransfer' });

export const transfersPage = pageOf(filedTransfer);
export const transferPlace = z.strictObject({ place: z.int().min(1).max(MAX_TRANSFERS_PER_FILE) });

/** Presents a transfer of a payment file. */
export function presentTransfer(transfer: FiledTransferView): z.infer<typeof filedTransfer> {
  const { place: _, amountCents, currency, ...rest } = transfer;
  return { ...rest, amount: toMoney(amountCents, currency) };
}
