import pg from 'pg';
import type { Database } from '../db/data-source';
import { eventually } from './eventually';
import { locksAwaited } from './lock-wait';

/** How many of the attempts succeeded (`done`), and the problem ids of the others. */
export type Outcomes = Record<string, number>;

/** Counts how attempts ended, by problem id; an error without one is thrown. */
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
 * Runs attempts that meet: nobody may write `table` until all of them wait for it (or for each
 * other), then they go on together. One that ended without waiting is waited for no longer.
 */
export async function atOnce(
  { database, ownerUrl }: { database: Database; ownerUrl: string },
  table: string,
  attempts: readonly (() => Promise<unknown>)[],
): Promise<Outcomes> {
  // The owner: the role that serves may not lock what it may only add to.
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
