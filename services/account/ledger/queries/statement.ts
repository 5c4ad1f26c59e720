import type { Sidecar } from '../../../shared/dapr/sidecar';
import { query } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';
import { dayRange, type AskedRange } from '../../days/queries/day-range';
import type { TaskText } from '../clients/board';
import { PAGE, type EntryKind, type EntryPlace, type EntryRow } from './entry-lines';
import { taskTexts } from './task-texts';

/** Entry of a statement: a transfer from the account's side. */
export interface EntryRecord {
  place: EntryPlace;
  id: string;
  kind: EntryKind;
  /** Business day that the entry counts for. */
  day: Day;
  amountCents: bigint;
  balanceAfterCents: bigint;
  taskId: string | null;
  task: TaskText | null;
  assignmentNumber: number | null;
  /** When it happened. */
  at: Date;
  /** When it was booked; after the end of its own day, it counts for a later one. */
  bookedAt: Date;
  payoutId: string | null;
  reversesId: string | null;
  /** Reversal that took the entry back. */
  reversedById: string | null;
  /** Of a reversal: why; of a return: the bank's words. */
  reason: string | null;
  /** Author of a reversal. */
  by: string | null;
  /** Price and rate of a fee or a reward; null when the price came back from Board. */
  basis: { priceCents: bigint; rate: string } | null;
}

/** Page of a statement, newest first. */
export interface Statement {
  entries: EntryRecord[];
  /** True while Board is away: titles are missing. */
  tasksUnavailable: boolean;
}

/** Filter and page of a statement. */
export interface StatementRequest extends AskedRange {
  accountId: string;
  /** All kinds when undefined. */
  kind?: readonly EntryKind[] | undefined;
  before: EntryPlace | null;
  count: number;
}

const AFTER_EVERYTHING = ['infinity', 0];

/**
 * Returns a page of an account's statement, with titles unless Board is away. Throws 400 for an
 * invalid range.
 */
export async function statementOf(
  context: AccountContext,
  sidecar: Sidecar,
  { accountId, kind, before, count, ...asked }: StatementRequest,
): Promise<Statement> {
  const { from, to } = await dayRange(context, asked);
  const place = before ? [before.day, before.position] : AFTER_EVERYTHING;
  const params = [accountId, from, to, ...place, count, kind ?? null];
  const rows = await query<EntryRow>(context.database, PAGE, params);
  const texts = await taskTexts(
    sidecar,
    rows.flatMap(({ task_id: taskId }) => taskId ?? []),
  );
  return {
    entries: rows.map((row) => recordOf(row, texts)),
    tasksUnavailable: texts === null,
  };
}

/** Returns the entry of a row; without titles when `texts` is null. */
export function recordOf(row: EntryRow, texts: Map<string, TaskText> | null): EntryRecord {
  const { price_cents: priceCents, rate } = row;
  return {
    place: { day: row.business_day, position: row.position.toString() },
    id: row.id,
    kind: row.kind,
    day: row.business_day,
    amountCents: row.amount_cents,
    balanceAfterCents: row.balance_after,
    taskId: row.task_id,
    task: (row.task_id !== null && texts?.get(row.task_id)) || null,
    assignmentNumber: row.assignment_number,
    at: row.occurred_at,
    bookedAt: row.posted_at,
    payoutId: row.payout_id,
    reversesId: row.reverses_id,
    reversedById: row.reversed_by_id,
    reason: row.reason,
    by: row.author_id,
    basis: priceCents === null || rate === null ? null : { priceCents, rate },
  };
}
