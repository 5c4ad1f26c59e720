import type { Sidecar } from '../../../shared/dapr/sidecar';
import { query } from '../../../shared/db/data-source';
import {
  addDays,
  periodAround,
  type Day,
  type DayRange,
} from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';
import { dayRange, type AskedRange } from '../../days/queries/day-range';
import type { TaskText } from '../../ledger/clients/board';
import { taskTexts } from '../../ledger/queries/task-texts';

/** Periods that a range is divided into; `range` is one period. */
export type Period = 'day' | 'week' | 'month' | 'range';

/** Finished task; title and jira id are null while Board is away. */
export interface FinishedTask {
  id: string;
  title: string | null;
  jiraId: string | null;
  priceCents: bigint;
  feeCents: bigint;
  rewardCents: bigint;
  assigneeId: string;
  finishedAt: Date;
}

/** Most expensive task of each period. */
export interface DearestTasks {
  items: (DayRange & { task: FinishedTask | null })[];
  tasksUnavailable: boolean;
}

interface DearestRow {
  from: Day;
  to: Day;
  task_id: string | null;
  price_cents: bigint;
  fee_cents: bigint;
  reward_cents: bigint;
  user_id: string;
  finished_at: Date;
}

/** Of equal prices, the task finished first. */
const SELECT = `
SELECT period."from", period."to", dearest.*
FROM unnest($1::date[], $2::date[]) AS period ("from", "to")
LEFT JOIN LATERAL (
  SELECT task_id, price_cents, fee_cents, reward_cents, user_id, occurred_at AS finished_at
  FROM transfers JOIN prices USING (task_id) JOIN accounts ON accounts.id = credit_account_id
  WHERE transfers.kind = 'reward' AND business_day BETWEEN period."from" AND period."to"
  ORDER BY price_cents DESC, occurred_at, task_id LIMIT 1
) dearest ON true
ORDER BY period."from" DESC`;

/**
 * Returns the most expensive finished task of each period that overlaps the range, newest period
 * first. Weeks and months are whole. Throws 400 for an invalid range.
 */
export async function dearestTasks(
  context: AccountContext,
  sidecar: Sidecar,
  asked: AskedRange & { period: Period },
): Promise<DearestTasks> {
  const periods = periodsIn(await dayRange(context, asked), asked.period);
  const rows = await query<DearestRow>(context.database, SELECT, [
    periods.map(({ from }) => from),
    periods.map(({ to }) => to),
  ]);
  const ids = rows.flatMap(({ task_id: taskId }) => taskId ?? []);
  const texts = await taskTexts(sidecar, ids);
  return {
    items: rows.map((row) => ({
      from: row.from,
      to: row.to,
      task: row.task_id === null ? null : taskOf(row, texts?.get(row.task_id)),
    })),
    tasksUnavailable: texts === null,
  };
}

function periodsIn(range: DayRange, period: Period): DayRange[] {
  if (period === 'range') return [range];
  const periods: DayRange[] = [];
  for (let day = range.from; day <= range.to; day = addDays(periods.at(-1)!.to, 1)) {
    periods.push(periodAround(day, period));
  }
  return periods;
}

function taskOf(row: DearestRow, text: TaskText | undefined): FinishedTask {
  return {
    id: row.task_id!,
    title: text?.title ?? null,
    jiraId: text?.jiraId ?? null,
    priceCents: row.price_cents,
    feeCents: row.fee_cents,
    rewardCents: row.reward_cents,
    assigneeId: row.user_id,
    finishedAt: row.finished_at,
  };
}
