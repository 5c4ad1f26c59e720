import { query, type Database, type Tx } from '../../../shared/db/data-source';
import { daysBegunSince, type BusinessCalendar } from '../../../shared/kernel/business-day';
import { newestDay } from '../queries/business-days';

const INSERT = `
INSERT INTO business_days (day, cut_off_at)
SELECT * FROM unnest($1::date[], $2::timestamptz[])
ON CONFLICT DO NOTHING`;

/**
 * Opens every business day that has begun since the newest one, up to the day of `now`. Each
 * cut-off is stored for good; days that exist stay as they are.
 */
export async function openBusinessDays(
  tx: Tx | Database,
  now: Date,
  calendar: BusinessCalendar,
): Promise<void> {
  const begun = daysBegunSince(await newestDay(tx), now, calendar);
  if (begun.length === 0) return;
  await query(tx, INSERT, [begun.map(({ day }) => day), begun.map(({ cutOffAt }) => cutOffAt)]);
}
