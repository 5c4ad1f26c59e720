import { query, type Database, type Tx } from '../../../shared/db/data-source';
import { daysBegunSince, type BusinessCalendar } from '../../../shared/kernel/business-day';
import { newestDay } from '../queries/business-days';

const INSERT = `
INSERT INTO business_days (day, cut_off_at)
SELECT * FROM unnest($1::date[], $2::timestamptz[])
ON CONFLICT DO NOTHING`;

/**
 * Sees to it that the business day of `now` is there: every day that has begun since the
 * newest one is opened, its cut-off stored for good. Days that were there stay as they are.
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
