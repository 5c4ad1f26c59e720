import type { Sidecar } from '../../../shared/dapr/sidecar';
import { query } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import { notFound } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import { dayRange, type AskedRange } from '../../days/queries/day-range';
import type { TaskText } from '../clients/board';
import { Account } from '../entities/account.entity';
import { taskTexts } from './task-texts';

/** Entry of a statement: a transfer from the account's side. */
export interface EntryRecord {
  place: EntryPlace;
  id: string;
  kind: 'fee' | 'reward' | 'payout' | 'reversal' | 'return';
  amountCents: bigint;
  balanceAfterCents: bigint;
  taskId: string | null;
  task: TaskText | null;
  assignmentNumber: number | null;
  at: Date;
  payoutId: string | null;
  reversesId: string | null;
}

/** Place of an entry: business day, then order of booking. */
export interface EntryPlace {
  day: Day;
  /** Decimal string of a bigint. */
  position: string;
}

/** Page of a statement, newest first. */
export interface Statement {
  entries: EntryRecord[];
  /** True while Board is away: titles are missing. */
  tasksUnavailable: boolean;
}

/** Filter and page of a statement. */
export interface StatementRequest extends AskedRange {
  userId: string;
  before: EntryPlace | null;
  count: number;
}

interface EntryRow {
  id: string;
  kind: EntryRecord['kind'];
  business_day: Day;
  position: bigint;
  amount_cents: bigint;
  balance_after: bigint;
  task_id: string | null;
  assignment_number: number | null;
  payout_id: string | null;
  reverses_id: string | null;
  occurred_at: Date;
}

const SELECT = `
WITH page AS (
  SELECT * FROM entries
  WHERE account_id = $1 AND business_day BETWEEN $2 AND $3
    AND (business_day, position) < ($4::date, $5::bigint)
  ORDER BY business_day DESC, position DESC
  LIMIT $6
),
running AS (
  SELECT position,
    sum(amount_cents) OVER (ORDER BY business_day, position)::bigint AS balance_after
  FROM entries
  WHERE account_id = $1 AND business_day <= (SELECT max(business_day) FROM page)
)
SELECT page.*, balance_after FROM page JOIN running USING (position)
ORDER BY business_day DESC, position DESC`;

const AFTER_EVERYTHING = ['infinity', 0];

/**
 * Returns a page of a user's statement, with titles unless Board is away. Throws 404 without
 * account, 400 for an invalid range.
 */
export async function statementOf(
  context: AccountContext,
  sidecar: Sidecar,
  { userId, before, count, ...asked }: StatementRequest,
): Promise<Statement> {
  const { database } = context;
  const account = await database.manager.findOneBy(Account, { userId });
  if (!account) throw notFound('Account');
  const { from, to } = await dayRange(context, asked);
  const place = before ? [before.day, before.position] : AFTER_EVERYTHING;
  const rows = await query<EntryRow>(database, SELECT, [account.id, from, to, ...place, count]);
  const texts = await taskTexts(
    sidecar,
    rows.flatMap(({ task_id: taskId }) => taskId ?? []),
  );
  return {
    entries: rows.map((row) => recordOf(row, texts)),
    tasksUnavailable: texts === null,
  };
}

function recordOf(row: EntryRow, texts: Map<string, TaskText> | null): EntryRecord {
  return {
    place: { day: row.business_day, position: row.position.toString() },
    id: row.id,
    kind: row.kind,
    amountCents: row.amount_cents,
    balanceAfterCents: row.balance_after,
    taskId: row.task_id,
    task: (row.task_id !== null && texts?.get(row.task_id)) || null,
    assignmentNumber: row.assignment_number,
    at: row.occurred_at,
    payoutId: row.payout_id,
    reversesId: row.reverses_id,
  };
}
