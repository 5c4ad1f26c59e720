import { query, type Database } from './data-source';

/** Rows per statement, so that none takes long. */
export const BATCH = 1_000;
/** Batches per run; the next run of the job deletes the rest. */
const MAX_BATCHES = 500;

/**
 * Repeats a `DELETE … RETURNING` of at most `BATCH` rows until fewer are deleted, or `MAX_BATCHES`
 * times.
 */
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
