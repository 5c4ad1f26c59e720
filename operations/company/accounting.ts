import { setTimeout as sleep } from 'node:timers/promises';
import type { Locale } from '../../services/shared/contracts/fields';
import {
  businessDayOf,
  cutOffOf,
  type BusinessCalendar,
} from '../../services/shared/kernel/business-day';
import type { Person } from '../client/api';
import { returnTransfer, transfersTo } from '../client/bank';
import { demoTaskId } from './tasks';

const POLL_MS = 200;
const PAID_MS = 60_000;
const HOUR_MS = 3_600_000;
const PRICE_MIN = '2500';
const PRICE_MAX = '5000';

/** The fee of this task is taken back from its assignee. */
const CORRECTED_TASK = 7;
const CORRECTED_PERSON = 'lori';
const CORRECTION_REASON: Readonly<Record<Locale, string>> = {
  en: 'The task had been done before it was dealt',
  ru: 'Задача была сделана ещё до раздачи',
};

/** The bank sends this person's first payout back. */
export const RETURNED_PERSON = 'nestor';
const RETURN_REASON: Readonly<Record<Locale, string>> = {
  en: 'The account is closed',
  ru: 'Счёт закрыт',
};

/** The accountant reverses a fee of a closed day. Idempotent. */
export async function correctFee(
  accountant: Person,
  company: ReadonlyMap<string, Person>,
  locale: Locale,
): Promise<void> {
  interface Fee {
    id: string;
    taskId: string;
    reversedById: string | null;
  }
  const { id } = company.get(CORRECTED_PERSON)!;
  const { body } = await accountant.get(`/accounts/${id}/entries?kind=fee&limit=100`);
  const fees = body.items as Fee[];
  const fee = fees.find(({ taskId }) => taskId === demoTaskId(CORRECTED_TASK))!;
  if (fee.reversedById !== null) return;
  await accountant.post(`/entries/${fee.id}/reverse`, { reason: CORRECTION_REASON[locale] });
}

/** The sandbox bank sends a person's first payout back, once the payout is paid. Idempotent. */
export async function returnFirstPayout(
  accountant: Person,
  bankUrl: string,
  { id, bankAccount }: Person,
  locale: Locale,
): Promise<void> {
  const bankReference = await firstPaid(accountant, id);
  const transfers = await transfersTo(bankUrl, bankAccount);
  const transfer = transfers.find((each) => each.bankReference === bankReference)!;
  await returnTransfer(bankUrl, transfer.reference, RETURN_REASON[locale]);
}

/** Returns the bank's reference of a person's first payout. Throws after a minute. */
async function firstPaid(accountant: Person, userId: string): Promise<string> {
  const deadline = Date.now() + PAID_MS;
  while (Date.now() < deadline) {
    const { body } = await accountant.get(`/payouts?userId=${userId}&limit=100`);
    // Newest first, and days are closed in their order: the last one stays the first payout.
    const first = (body.items as { bankReference: string | null }[]).at(-1);
    if (first && first.bankReference !== null) return first.bankReference;
    await sleep(POLL_MS);
  }
  throw new Error(`No payout of ${userId} was paid`);
}

/** Adds a dearer price formula that begins with the next business day. Idempotent. */
export async function planFormula(admin: Person, calendar: BusinessCalendar): Promise<void> {
  const { body } = await admin.get('/price-formulas');
  const [{ priceMin }, ...others] = body.items as [{ priceMin: { currency: string } }];
  if (others.length > 0) return;
  const { currency } = priceMin;
  // An hour ahead: the cut-off must not pass before the request arrives.
  const tomorrow = businessDayOf(new Date(Date.now() + HOUR_MS), calendar);
  await admin.post('/price-formulas', {
    validFrom: cutOffOf(tomorrow, calendar).toISOString(),
    priceMin: { amount: PRICE_MIN, currency },
    priceMax: { amount: PRICE_MAX, currency },
    writeOffRate: '0.5',
    accrualRate: '1',
  });
}
