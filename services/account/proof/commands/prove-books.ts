import { query, type Database } from '../../../shared/db/data-source';
import { agreedNow } from '../../../shared/db/database-clock';
import type { AccountContext } from '../../context';
import { rangeParams, type CheckedRange, type MoneyInvariant } from '../queries/checked-range';
import { countUnprovenDays, oldestUnprovenDay, openRange } from '../queries/proofs';

/** Result of a check of the books. */
export interface Findings {
  /** Number of faults by invariant, or the error of a check that failed. */
  faults: Map<string, bigint | Error>;
  /** Closed days without proof: the oldest has faults, or its check failed. */
  unprovenDays: number;
  /** When the open days were checked, by the database's clock. */
  askedAt: Date;
}

const RECORD = `
INSERT INTO proven_days (day, proven_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`;

/**
 * Proves what is new in the books: each closed day once, oldest first, and the open days every
 * time. A day on which every invariant holds is recorded as proven, and the check of the next day
 * builds on it. The first day with a fault ends the proof of closed days. Throws when a query for
 * unproven days fails, and 503 `clock-off` when the clocks disagree; days proven before stay
 * recorded.
 */
export async function proveBooks(
  context: AccountContext,
  invariants: readonly MoneyInvariant[],
): Promise<Findings> {
  const { database } = context;
  const faults: Findings['faults'] = new Map(invariants.map(({ name }) => [name, 0n]));
  const ofClosedDays = invariants.filter(({ checked }) => checked !== 'open');
  const ofOpenDays = invariants.filter(({ checked }) => checked !== 'closed');
  for (;;) {
    const day = await oldestUnprovenDay(database);
    if (!day) break;
    await addFaults(faults, database, ofClosedDays, day);
    if ([...faults.values()].some((found) => found !== 0n)) break;
    await agreedNow(context, database);
    await query(database, RECORD, [day.upTo, day.askedAt]);
  }
  const open = await openRange(database);
  await addFaults(faults, database, ofOpenDays, open);
  const unprovenDays = await countUnprovenDays(database);
  return { faults, unprovenDays, askedAt: open.askedAt };
}

async function addFaults(
  faults: Findings['faults'],
  database: Database,
  invariants: readonly MoneyInvariant[],
  range: CheckedRange,
): Promise<void> {
  for (const { name, sql } of invariants) {
    const before = faults.get(name)!;
    const found = await countFaults(database, sql, range).catch(asError);
    const isError = before instanceof Error || found instanceof Error;
    if (!isError) faults.set(name, before + found);
    else faults.set(name, before instanceof Error ? before : (found as Error));
  }
}

async function countFaults(database: Database, sql: string, range: CheckedRange): Promise<bigint> {
  const counting = `SELECT count(*) AS count FROM (${sql}) AS faults`;
  const [row] = await query<{ count: bigint }>(database, counting, rangeParams(range));
  return row!.count;
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
