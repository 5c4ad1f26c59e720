import type { Sidecar } from '../../../shared/dapr/sidecar';
import { readInBatches } from '../../../shared/db/read-in-batches';
import type { DayRange } from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';
import type { TaskText } from '../clients/board';
import { ALL, ALL_COUNTED, ALL_ORDER, type EntryKind, type EntryRow } from './entry-lines';
import { recordOf, type EntryRecord } from './statement';
import { taskTexts } from './task-texts';

/** Filter of the entries in a file. */
export interface ExportedEntries extends DayRange {
  accountId: string;
  kind?: readonly EntryKind[] | undefined;
}

/** Ids in one question to Board. */
const ASKED_AT_ONCE = 100;

/**
 * Reads all entries of an account, newest first, with titles. From the first question that Board
 * does not answer on, titles are missing: the file has every amount and every task id.
 */
export async function* exportedEntries(
  { database }: AccountContext,
  sidecar: Sidecar,
  { accountId, kind, from, to }: ExportedEntries,
  signal: AbortSignal,
): AsyncGenerator<EntryRecord[], void> {
  const params = [accountId, from, to, kind ?? null];
  const sql = { select: ALL, counted: ALL_COUNTED, orderBy: ALL_ORDER };
  const asked = { name: 'account-export', ...sql, params, signal };
  let isBoardThere = true;
  for await (const rows of readInBatches<EntryRow>(database, asked)) {
    const texts: Map<string, TaskText> | null = isBoardThere ? await textsOf(sidecar, rows) : null;
    isBoardThere = texts !== null;
    yield rows.map((row) => recordOf(row, texts));
  }
}

/** Asks Board about all tasks of the rows at once; returns null while Board is away. */
async function textsOf(
  sidecar: Sidecar,
  rows: readonly EntryRow[],
): Promise<Map<string, TaskText> | null> {
  const ids = [...new Set(rows.flatMap(({ task_id: taskId }) => taskId ?? []))];
  const questions: Promise<Map<string, TaskText> | null>[] = [];
  for (let at = 0; at < ids.length; at += ASKED_AT_ONCE) {
    questions.push(taskTexts(sidecar, ids.slice(at, at + ASKED_AT_ONCE)));
  }
  const texts = new Map<string, TaskText>();
  for (const answer of await Promise.all(questions)) {
    if (answer === null) return null;
    for (const [id, text] of answer) texts.set(id, text);
  }
  return texts;
}
