import { query, type Database, type Tx } from '../../../shared/db/data-source';
import {
  daysBegunSince,
  type BusinessCalendar,
  type Day,
} from '../../../shared/kernel/business-day';
import type { DayWithCutOff } from '../../../shared/kernel/business-day';

/** Returns the newest business day, or null before the first. */
export async function newestDay(tx: Tx | Database): Promise<DayWithCutOff | null> {
  const [row] = await query<{ day: Day; cut_off_at: Date }>(
    tx,
    'SELECT day, cut_off_at FROM business_days ORDER BY day DESC LIMIT 1',
  );
  return row ? { day: row.day, cutOffAt: row.cut_off_at } : null;
}

const CURRENT = `
SELECT min(day) AS day FROM business_days WHERE state = 'open' AND cut_off_at > $1`;

/** Returns the business day that a fact of `now` belongs to. Opens no day. */
export async function currentDay(
  tx: Tx | Database,
  now: Date,
  calendar: BusinessCalendar,
): Promise<Day> {
  const [row] = await query<{ day: Day | null }>(tx, CURRENT, [now]);
  if (row?.day) return row.day;
  const newest = await newestDay(tx);
  // Another process may have opened the day between the two queries.
  return daysBegunSince(newest, now, calendar).at(-1)?.day ?? newest!.day;
}
