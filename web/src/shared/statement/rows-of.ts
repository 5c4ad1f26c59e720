import type { Day } from '../../lib/time';
import type { Entry, Payout, StatementDay } from './queries';

/** Row of a statement: the head of a business day, what was carried over from it, or an entry. */
export type StatementRow =
  | { type: 'day'; key: string; day: StatementDay }
  | { type: 'carried'; key: string; day: StatementDay }
  | EntryRow;

/** An entry, and what is known of what it belongs to. */
export interface EntryRow {
  type: 'entry';
  key: string;
  entry: Entry;
  /** The day it happened in was closed already. */
  isLate: boolean;
  /** Of the line of a payout, and of its return. */
  payout: PaidPayout | null;
  /** The line that it takes back, or that took it back. */
  other: Entry | null;
}

/** What a line of a payout says of it: null for what is not known here. */
export interface PaidPayout {
  /** Business day that it pays; the line itself counts for the day when it was paid. */
  day: Day;
  bankAccount: string | null;
  reference: string | null;
}

/**
 * Returns the rows in the order of the ledger, newest business day first, each day below its head.
 * Days without an entry are shown when something was carried over; not before their entries can
 * have been fetched, and not among lines of one kind alone.
 */
export function rowsOf(
  entries: readonly Entry[],
  days: readonly StatementDay[],
  isComplete: boolean,
  { isAll = true, payouts = [] }: { isAll?: boolean; payouts?: readonly Payout[] } = {},
): StatementRow[] {
  const paid = paidPayouts(days, payouts);
  const byId = new Map(entries.map((entry) => [entry.id, entry]));
  const lines = (booked: readonly Entry[], day?: StatementDay): EntryRow[] =>
    booked.map((entry) => ({
      type: 'entry',
      key: entry.id,
      entry,
      // It was booked after the day before was closed.
      isLate: day !== undefined && entry.at < day.from,
      payout: paid.get(entry.payoutId ?? '') ?? null,
      other: byId.get(entry.reversedById ?? entry.reversesId ?? '') ?? null,
    }));
  const isCarried = ({ carriedBecause }: StatementDay): boolean => isAll && carriedBecause !== null;
  const last: Day | undefined = entries.at(-1)?.day;
  const byDay = new Map<Day, Entry[]>();
  for (const entry of entries) byDay.set(entry.day, [...(byDay.get(entry.day) ?? []), entry]);
  const shown = days
    .filter((day) => {
      const isFetched = isComplete || (last !== undefined && day.day >= last);
      return byDay.has(day.day) || (isFetched && isCarried(day));
    })
    .toSorted((one, other) => other.day.localeCompare(one.day));
  const known = new Set(shown.map(({ day }) => day));
  const rows = shown.flatMap((day): StatementRow[] => [
    { type: 'day', key: day.day, day },
    ...(isCarried(day) ? [{ type: 'carried' as const, key: `${day.day} carried`, day }] : []),
    ...lines(byDay.get(day.day) ?? [], day),
  ]);
  // Figures of days may be away: entries are shown without heads.
  return [...lines(entries.filter(({ day }) => !known.has(day))), ...rows];
}

/** Payouts by id: a day names the one that was planned when it was closed. */
function paidPayouts(
  days: readonly StatementDay[],
  payouts: readonly Payout[],
): ReadonlyMap<string, PaidPayout> {
  const paid = new Map<string, PaidPayout>();
  for (const { day, payoutId } of days) {
    if (payoutId !== null) paid.set(payoutId, { day, bankAccount: null, reference: null });
  }
  for (const { id, day, timeline, bankReference } of payouts) {
    const bankAccount = timeline.findLast(({ kind }) => kind === 'attempt')?.bankAccount ?? null;
    paid.set(id, { day, bankAccount, reference: bankReference });
  }
  return paid;
}
