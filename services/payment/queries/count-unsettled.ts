import { query, type Database } from '../../shared/db/data-source';

const COUNT = `
SELECT count(*)::integer AS "inProgress", count(flagged_at)::integer AS flagged
FROM bank_transfers WHERE state = 'in_progress'`;

/** Counts transfers without a certain outcome, and those of them that are flagged. */
export async function countUnsettled(
  database: Database,
): Promise<{ inProgress: number; flagged: number }> {
  const [counts] = await query<{ inProgress: number; flagged: number }>(database, COUNT);
  return counts!;
}
