import { query, type Database } from '../../../shared/db/data-source';
import { agreedNow } from '../../../shared/db/database-clock';
import type { AccountContext } from '../../context';
import { rangeParams, type CheckedRange, type MoneyInvariant } from '../queries/checked-range';
import { countUnprovenDays, oldestUnprovenDay, openRange } from '../queries/proofs';

/** What a check of the books came to. */
export interface Findings {
  /** How many faults of each invariant there are, by name; its error where nobody can tell. */
  faults: Map<string, bigint | Error>;
  /** Closed days that are not proven: faults were found in the oldest, or it was not checked. */
  unprovenDays: number;
  /** When the open days were looked at, by the database's clock. */
  askedAt: Date;
}

const RECORD = `
INSERT INTO proven_days (day, proven_at) VALUES ($1, $2) ON CONFLICT DO NOTHING`;

/**
 * Proves the books as far as they are new: each closed day once, the oldest first, and what is
 * open every time. A day is proven when every invariant holds in it, and that is recorded; it is
 * then the ground on which the next one is checked, so the first fault is as far as it goes.
 * Throws when the database does not answer what there is to prove, and 503 `clock-off` where the
 * clocks disagree: nothing is recorded then.
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
