import type { Day } from '../../lib/time';
import type { Entry, StatementDay } from './queries';

/** Row of a statement: the head of a business day, what was carried over from it, or an entry. */
export type StatementRow =
  | { type: 'day'; key: string; day: StatementDay }
  | { type: 'carried'; key: string; day: StatementDay }
  | { type: 'entry'; key: string; entry: Entry; isLate: boolean };

/**
 * Returns the rows in the order of the ledger, newest business day first, each day below its head.
 * Days without an entry are shown when something was carried over; not before their entries can
 * have been fetched.
 */
export function rowsOf(
  entries: readonly Entry[],
  days: readonly StatementDay[],
  isComplete: boolean,
): StatementRow[] {
  const last: Day | undefined = entries.at(-1)?.day;
  const byDay = new Map<Day, Entry[]>();
  for (const entry of entries) byDay.set(entry.day, [...(byDay.get(entry.day) ?? []), entry]);
  const shown = days
    .filter(({ day, carriedBecause }) => {
      const isFetched = isComplete || (last !== undefined && day >= last);
      return byDay.has(day) || (isFetched && carriedBecause !== null);
    })
    .toSorted((one, other) => other.day.localeCompare(one.day));
  const known = new Set(shown.map(({ day }) => day));
  const rows = shown.flatMap((day): StatementRow[] => [
    { type: 'day', key: day.day, day },
    ...(day.carriedBecause === null
      ? []
      : [{ type: 'carried' as const, key: `${day.day} carried`, day }]),
    ...lines(byDay.get(day.day) ?? [], day),
  ]);
  // Figures of days may be away: entries are shown without heads.
  return [...lines(entries.filter(({ day }) => !known.has(day))), ...rows];
}

/** An entry that happened before its day began was booked after an earlier day was closed. */
const lines = (entries: readonly Entry[], day?: StatementDay): StatementRow[] =>
  entries.map((entry) => ({
    type: 'entry',
    key: entry.id,
    entry,
    isLate: day !== undefined && entry.at < day.from,
  }));
