import type { z } from 'zod';
import type { Caller } from '../../../shared/http/caller';
import { maskBankAccount } from '../../../shared/kernel/bank-account';
import { toMoney } from '../../../shared/kernel/money';
import type { AccountRecord } from '../queries/accounts';
import type { EntryRecord } from '../queries/statement';
import type { StatementDay } from '../queries/statement-days';
import type { account, companyView, entry, statementDay } from './accounts.schemas';

/** What the viewer of an account may see. */
export interface Viewer {
  maySeeNumbers: boolean;
}

/**
 * Returns what the caller may see: accountants see bank account numbers, other callers see them
 * masked.
 */
export function viewerOf({ role }: Caller): Viewer {
  return { maySeeNumbers: role === 'accountant' };
}

/** Presents an account; numbers are masked unless the viewer may see them. */
export function presentAccount(
  record: AccountRecord,
  currency: string,
  viewer: Viewer,
): z.infer<typeof account> {
  const { account: row, nickname } = record;
  const { payoutsHeldReason: reason, payoutsHeldBy, payoutsHeldAt } = row;
  return {
    userId: row.userId!,
    nickname,
    ...figuresOf(record, currency),
    bankAccount: shownNumber(row.bankAccount, viewer),
    fullName: viewer.maySeeNumbers ? row.bankAccountHolder : null,
    payoutsHeld:
      reason === null ? null : { reason, by: payoutsHeldBy!, at: payoutsHeldAt!.toISOString() },
    version: row.version,
  };
}

/** Presents the account of the company, whose bank account is a setting. */
export function presentCompany(
  record: AccountRecord,
  bankAccount: string,
  currency: string,
  viewer: Viewer,
): z.infer<typeof companyView> {
  return {
    userId: null,
    nickname: null,
    ...figuresOf(record, currency),
    bankAccount: shownNumber(bankAccount, viewer),
    payoutsHeld: null,
    version: record.account.version,
  };
}

/** Returns a bank account number as the viewer may see it. */
export function shownNumber(bankAccount: string | null, { maySeeNumbers }: Viewer): string | null {
  return maySeeNumbers ? bankAccount : bankAccount && maskBankAccount(bankAccount);
}

function figuresOf({ balance, openDay }: AccountRecord, currency: string) {
  return {
    balance: toMoney(balance.balanceCents, currency),
    today: toMoney(balance.todayCents, currency),
    underWay: toMoney(balance.underWayCents, currency),
    forecast: toMoney(balance.forecastCents, currency),
    openDay: {
      day: openDay.day,
      from: openDay.from.toISOString(),
      cutOffAt: openDay.cutOffAt.toISOString(),
    },
  };
}

/** Presents an entry of a statement. */
export function presentEntry(record: EntryRecord, currency: string): z.infer<typeof entry> {
  const { place: _, amountCents, balanceAfterCents, at, bookedAt, basis, ...rest } = record;
  return {
    ...rest,
    amount: toMoney(amountCents, currency),
    balanceAfter: toMoney(balanceAfterCents, currency),
    at: at.toISOString(),
    bookedAt: bookedAt.toISOString(),
    basis: basis && { price: toMoney(basis.priceCents, currency), rate: basis.rate },
  };
}

/** Presents a business day of a statement. */
export function presentStatementDay(
  day: StatementDay,
  currency: string,
): z.infer<typeof statementDay> {
  return {
    day: day.day,
    state: day.state,
    from: day.from.toISOString(),
    cutOffAt: day.cutOffAt.toISOString(),
    opening: toMoney(day.openingCents, currency),
    fees: toMoney(day.feesCents, currency),
    rewards: toMoney(day.rewardsCents, currency),
    corrections: toMoney(day.correctionsCents, currency),
    returned: toMoney(day.returnedCents, currency),
    payoutId: day.payoutId,
    paid: toMoney(day.paidCents, currency),
    closing: toMoney(day.closingCents, currency),
    carriedBecause: day.carriedBecause,
  };
}
