import type { z } from 'zod';
import { maskBankAccount } from '../../../shared/kernel/bank-account';
import { toMoney } from '../../../shared/kernel/money';
import type { AccountRecord } from '../queries/accounts';
import type { EntryRecord } from '../queries/statement';
import type { account, entry } from './accounts.schemas';

/** What the viewer of an account may see. */
export interface Viewer {
  maySeeNumbers: boolean;
}

/** Presents an account; numbers are masked unless the viewer may see them. */
export function presentAccount(
  { account: row, balance }: AccountRecord,
  currency: string,
  { maySeeNumbers }: Viewer,
): z.infer<typeof account> {
  const {
    bankAccount,
    bankAccountHolder,
    payoutsHeldReason: reason,
    payoutsHeldBy,
    payoutsHeldAt,
  } = row;
  return {
    userId: row.userId!,
    balance: toMoney(balance.balanceCents, currency),
    today: toMoney(balance.todayCents, currency),
    forecast: toMoney(balance.forecastCents, currency),
    bankAccount: maySeeNumbers ? bankAccount : bankAccount && maskBankAccount(bankAccount),
    fullName: maySeeNumbers ? bankAccountHolder : null,
    payoutsHeld:
      reason === null ? null : { reason, by: payoutsHeldBy!, at: payoutsHeldAt!.toISOString() },
    version: row.version,
  };
}

/** Presents an entry of a statement. */
export function presentEntry(record: EntryRecord, currency: string): z.infer<typeof entry> {
  const { place: _, amountCents, balanceAfterCents, at, ...rest } = record;
  return {
    ...rest,
    amount: toMoney(amountCents, currency),
    balanceAfter: toMoney(balanceAfterCents, currency),
    at: at.toISOString(),
  };
}
