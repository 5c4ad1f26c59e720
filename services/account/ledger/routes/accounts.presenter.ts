import type { z } from 'zod';
import { maskBankAccount } from '../../../shared/kernel/bank-account';
import { toMoney } from '../../../shared/kernel/money';
import type { AccountRecord } from '../queries/accounts';
import type { EntryRecord } from '../queries/statement';
import type { account, entry } from './accounts.schemas';

/** Who looks: not everybody may read bank account numbers. */
export interface Viewer {
  maySeeNumbers: boolean;
}

/** An account as this viewer may see it. */
export function presentAccount(
  { account: row, balance }: AccountRecord,
  currency: string,
  { maySeeNumbers }: Viewer,
): z.infer<typeof account> {
  const { bankAccount, payoutsHeldReason: reason, payoutsHeldBy, payoutsHeldAt } = row;
  return {
    userId: row.userId!,
    balance: toMoney(balance.balanceCents, currency),
    today: toMoney(balance.todayCents, currency),
    forecast: toMoney(balance.forecastCents, currency),
    bankAccount: maySeeNumbers ? bankAccount : bankAccount && maskBankAccount(bankAccount),
    payoutsHeld:
      reason === null ? null : { reason, by: payoutsHeldBy!, at: payoutsHeldAt!.toISOString() },
    version: row.version,
  };
}

/** A line of a statement as clients see it. */
export function presentEntry(record: EntryRecord, currency: string): z.infer<typeof entry> {
  const { place: _, amountCents, balanceAfterCents, at, ...rest } = record;
  return {
    ...rest,
    amount: toMoney(amountCents, currency),
    balanceAfter: toMoney(balanceAfterCents, currency),
    at: at.toISOString(),
  };
}
