import { query } from '../../../shared/db/data-source';
import { addDays, cutOffOf, daysBegunSince, type Day } from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';

/** The first business day that is not closed, with both ends. */
export interface OpenDay {
  day: Day;
  /** Cut-off of the day before. */
  from: Date;
  cutOffAt: Date;
}

/** SQL of the cut-off before a day: its begin. Null before the first day. */
export const beginOf = (day: string): string => `(
  SELECT earlier.cut_off_at FROM business_days AS earlier WHERE earlier.day < ${day}
  ORDER BY earlier.day DESC LIMIT 1)`;

const SELECT = `
SELECT day, cut_off_at, ${beginOf('business_days.day')} AS begun_at
FROM business_days WHERE state = 'open' ORDER BY day LIMIT 1`;

/** Returns the begin of a day: the cut-off stored before it, else the calendar's. */
export function begunAt(begun: Date | null, day: Day, { calendar }: AccountContext): Date {
  return begun ?? cutOffOf(addDays(day, -1), calendar);
}

/** Returns the open day; before any day was opened, the day that would be. Opens no day. */
export async function openDay(context: AccountContext): Promise<OpenDay> {
  const { database, now, calendar } = context;
  const [row] = await query<{ day: Day; cut_off_at: Date; begun_at: Date | null }>(
    database,
    SELECT,
  );
  const { day, cutOffAt } = row
    ? { day: row.day, cutOffAt: row.cut_off_at }
    : daysBegunSince(null, await now(database), calendar)[0]!;
  return { day, from: begunAt(row?.begun_at ?? null, day, context), cutOffAt };
}
