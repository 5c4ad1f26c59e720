import { query, type Database } from './data-source';

/** Rows that one statement removes, so that none takes long. */
export const BATCH = 1_000;
/** Batches of one run: the rest waits for the next run of the job. */
const MAX_BATCHES = 500;

/** Repeats a `DELETE` of at most `BATCH` rows, returning a row for each, until none are left. */
export async function deleteInBatches(
  database: Database,
  sql: string,
  params: unknown[],
): Promise<void> {
  for (let count = 0; count < MAX_BATCHES; count += 1) {
    const deleted = await query(database, sql, params);
    if (deleted.length < BATCH) return;
  }
}
