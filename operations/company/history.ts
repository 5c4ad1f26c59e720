import type { Locale } from '../../services/shared/contracts/fields';
import {
  addDays,
  businessDayOf,
  cutOffOf,
  type BusinessCalendar,
} from '../../services/shared/kernel/business-day';
import { derivedId } from '../../services/shared/kernel/ids';
import { MANAGEMENT_ACCOUNT_ID } from '../../services/account/ledger/domain/system-accounts';
import { PAYOUTS_CHANNEL } from '../../services/account/ledger/steps/wake-payouts';
import { withClient } from '../postgres/client';
import { REFUSED_PERSON, type DemoPerson } from './people';
import { PUT_ASIDE, PUT_ASIDE_TASK, putAsideParams } from './put-aside';
import { demoTaskId, demoTitle } from './tasks';

const PAST_DAYS = 5;
const TASKS_PER_DAY = 8;
const MS_PER_MINUTE = 60_000;
const UNFINISHED_EVERY = 4;
const PRICE_FROM = 2_000;
const PRICE_STEP = 97;
const PRICE_SPAN = 2_001;

/** Number of tasks on the past days. */
export const PAST_TASKS = PAST_DAYS * TASKS_PER_DAY;

interface PastTask {
  id: string;
  jiraId: string;
  title: string;
  createdBy: string;
  assigneeId: string;
  price: number;
  assignedAt: Date;
  finishedAt: Date | null;
  day: string;
}

/** The tasks of the days before `today`; the same for every seeding, except for the dates. */
function pastTasks(
  people: readonly DemoPerson[],
  calendar: BusinessCalendar,
  today: string,
  locale: Locale,
): PastTask[] {
  const managers = people.filter(({ role }) => role === 'manager');
  const employees = people.filter(({ role }) => role === 'employee');
  const [refused] = employees.filter(({ nickname }) => nickname === REFUSED_PERSON);
  const others = employees.filter((each) => each !== refused);
  return Array.from({ length: PAST_TASKS }, (_, index) => {
    const day = addDays(today, Math.floor(index / TASKS_PER_DAY) - PAST_DAYS);
    const begin = cutOffOf(addDays(day, -1), calendar).getTime();
    const assignedAt = new Date(begin + (index % TASKS_PER_DAY) * 20 * MS_PER_MINUTE);
    const isLast = index === PAST_TASKS - 1;
    const assignee = isLast ? refused! : others[(index * 5) % others.length]!;
    const isFinished = isLast || index % UNFINISHED_EVERY !== 0;
    return {
      id: demoTaskId(index),
      ...demoTitle(index, locale),
      createdBy: managers[index % managers.length]!.id,
      assigneeId: assignee.id,
      price: PRICE_FROM + ((index * PRICE_STEP * PRICE_STEP) % PRICE_SPAN),
      assignedAt,
      finishedAt: isFinished ? new Date(assignedAt.getTime() + 600 * MS_PER_MINUTE) : null,
      day,
    };
  });
}

const COLUMNS = `
SELECT * FROM jsonb_to_recordset($1::jsonb) AS past (
  id uuid, "jiraId" text, title text, "createdBy" uuid, "assigneeId" uuid, price bigint,
  "assignedAt" timestamptz, "finishedAt" timestamptz, day date,
  "assignedEvent" uuid, "finishedEvent" uuid)`;

/** Board: tasks, their assignments, and their events, marked as published at the time. */
const BOARD = `
WITH past AS (${COLUMNS}), made AS (
  INSERT INTO tasks (id, jira_id, title, status, assignee_id, assignment_number, created_by,
    price_cents, fee_cents, reward_cents, request_fingerprint, created_at, finished_at)
  SELECT id, "jiraId", title, CASE WHEN "finishedAt" IS NULL THEN 'open' ELSE 'finished' END,
    "assigneeId", 1, "createdBy", price, (price + 1) / 2, price, id, "assignedAt", "finishedAt"
  FROM past), dealt AS (
  INSERT INTO assignments (task_id, number, user_id, assigned_at)
  SELECT id, 1, "assigneeId", "assignedAt" FROM past)
INSERT INTO outbox (id, topic, type, subject, data, occurred_at, published_at)
SELECT "assignedEvent", 'tasks', 'TaskAssigned.v1', id::text, jsonb_build_object(
  'taskId', id, 'userId', "assigneeId", 'assignmentNumber', 1, 'distributionId', NULL,
  'assignedAt', to_char("assignedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
  "assignedAt", "assignedAt" FROM past
UNION ALL
SELECT "finishedEvent", 'tasks', 'TaskFinished.v1', id::text, jsonb_build_object(
  'taskId', id, 'userId', "assigneeId",
  'finishedAt', to_char("finishedAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')),
  "finishedAt", "finishedAt" FROM past WHERE "finishedAt" IS NOT NULL`;

const DAYS = `
INSERT INTO business_days (day, cut_off_at) SELECT * FROM unnest($1::date[], $2::timestamptz[])
ON CONFLICT DO NOTHING`;

const PRICES = `
WITH past AS (${COLUMNS})
INSERT INTO prices (task_id, formula_version, price_cents, fee_cents, reward_cents)
SELECT id, 1, price, (price + 1) / 2, price FROM past`;

/** Account: fees and rewards on their business days, and the inbox rows of their events. */
const BOOKED = `
WITH past AS (${COLUMNS}), received AS (
  INSERT INTO inbox (consumer, event_id)
  SELECT 'account', "assignedEvent" FROM past UNION ALL
  SELECT 'account', "finishedEvent" FROM past WHERE "finishedAt" IS NOT NULL)
INSERT INTO transfers (id, kind, debit_account_id, credit_account_id, amount_cents,
  business_day, task_id, assignment_number, event_id, occurred_at)
SELECT gen_random_uuid(), 'fee', accounts.id, $2::uuid, (price + 1) / 2, day, past.id, 1,
  "assignedEvent", "assignedAt"
FROM past JOIN accounts ON accounts.user_id = "assigneeId"
UNION ALL
SELECT gen_random_uuid(), 'reward', $2::uuid, accounts.id, price, day, past.id, NULL,
  "finishedEvent", "finishedAt"
FROM past JOIN accounts ON accounts.user_id = "assigneeId" WHERE "finishedAt" IS NOT NULL`;

/** Databases of Board and Account, and the calendar of business days. */
export interface HistoryPlace {
  boardUrl: string;
  accountUrl: string;
  calendar: BusinessCalendar;
}

/**
 * Writes the days before today into the tables of Board and Account, consistent with each other,
 * because the API can't act in the past, and one dead letter. The worker then closes the days and
 * pays. Idempotent.
 */
export async function writeHistory(
  { boardUrl, accountUrl, calendar }: HistoryPlace,
  people: readonly DemoPerson[],
  locale: Locale,
): Promise<void> {
  const today = businessDayOf(new Date(), calendar);
  const tasks = pastTasks(people, calendar, today, locale).map((task) => ({
    ...task,
    assignedEvent: derivedId('demo-assigned', task.id),
    finishedEvent: derivedId('demo-finished', task.id),
  }));
  const json = JSON.stringify(tasks);
  const days = Array.from({ length: PAST_DAYS }, (_, index) => addDays(today, index - PAST_DAYS));
  const first = [demoTaskId(0)];
  await withClient(boardUrl, async (client) => {
    const there = await client.query('SELECT FROM tasks WHERE id = $1', first);
    if (there.rowCount === 0) await client.query(BOARD, [json]);
  });
  await withClient(accountUrl, async (client) => {
    const there = await client.query('SELECT FROM prices WHERE task_id = $1', first);
    if (there.rowCount !== 0) return;
    await client.query('BEGIN');
    await client.query(PRICES, [json]);
    await client.query(DAYS, [days, days.map((day) => cutOffOf(day, calendar))]);
    await client.query(BOOKED, [json, MANAGEMENT_ACCOUNT_ID]);
    await client.query(PUT_ASIDE, putAsideParams(tasks[PUT_ASIDE_TASK]!));
    await client.query(`SELECT pg_notify($1, '')`, [PAYOUTS_CHANNEL]);
    await client.query('COMMIT');
  });
}
