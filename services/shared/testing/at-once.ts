import pg from 'pg';
import type { Database } from '../db/data-source';
import { eventually } from './eventually';
import { locksAwaited } from './lock-wait';

/** Number of attempts that succeeded (`done`), and of the others by problem id. */
export type Outcomes = Record<string, number>;

/** Counts outcomes by problem id. Throws an error that has no id. */
export function countOutcomes(settled: readonly PromiseSettledResult<unknown>[]): Outcomes {
  const counts: Outcomes = {};
  for (const outcome of settled) {
    const id = outcome.status === 'fulfilled' ? 'done' : (outcome.reason as { id?: string }).id;
    if (id === undefined) throw (outcome as PromiseRejectedResult).reason;
    counts[id] = (counts[id] ?? 0) + 1;
  }
  return counts;
}

/**
 * Runs attempts concurrently: locks `table` until every attempt waits for a lock or has ended, then
 * releases all of them together.
 */
export async function atOnce(
  { database, ownerUrl }: { database: Database; ownerUrl: string },
  table: string,
  attempts: readonly (() => Promise<unknown>)[],
): Promise<Outcomes> {
  // Locked by the owner role: the app role may not lock a table it may only add to.
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  let ended = 0;
  try {
    await client.query(`BEGIN; LOCK TABLE ${table} IN EXCLUSIVE MODE`);
    const running = attempts.map(async (attempt) => {
      try {
        return await attempt();
      } finally {
        ended += 1;
      }
    });
    const settled = Promise.allSettled(running);
    await eventually('all attempts wait', async () => {
      return ended + (await locksAwaited(database)) >= attempts.length;
    });
    await client.query('COMMIT');
    return countOutcomes(await settled);
  } finally {
    await client.end();
  }
}
