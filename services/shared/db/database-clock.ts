import { systemClock, type Clock } from '../kernel/clock';
import { Problem } from '../kernel/errors';
import { query, type Database, type Tx } from './data-source';

/**
 * Returns the present moment by the database's clock, which all processes share; it advances inside
 * a transaction. Passed in like `Clock`, so that tests can set it.
 */
export type DatabaseClock = (tx: Tx | Database) => Promise<Date>;

/** The clock of the database server. */
export const databaseClock: DatabaseClock = async (tx) => {
  const [row] = await query<{ now: Date }>(tx, 'SELECT clock_timestamp() AS now');
  return row!.now;
};

/** The database's clock, which decides, and the process's clock, which must agree with it. */
export interface Clocks {
  now: DatabaseClock;
  clock: Clock;
}

/** The clocks of a running service. */
export const serviceClocks: Clocks = { now: databaseClock, clock: systemClock };

/** Largest offset of a process's clock with which the process may decide about money. */
const CLOCK_TOLERANCE_MS = 3_000;

/**
 * Returns the moment by the database's clock, and by how many milliseconds the process's clock is
 * at least ahead of it (negative: behind). The round trip of the query is no offset.
 */
export async function compareClocks(
  { now, clock }: Clocks,
  tx: Tx | Database,
): Promise<{ moment: Date; aheadMs: number }> {
  const asked = clock().getTime();
  const moment = await now(tx);
  const answered = clock().getTime();
  const earliestMs = Math.max(asked - moment.getTime(), 0);
  const latestMs = Math.min(answered - moment.getTime(), 0);
  return { moment, aheadMs: earliestMs + latestMs };
}

/** Returns whether a process may rely on its clock. */
export function isClockRight(aheadMs: number): boolean {
  return Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS;
}

/** Returns a moment on which both clocks agree; throws when they disagree. */
export type AgreedClock = () => Promise<Date>;

/** Returns the clock of jobs whose work can't be undone. That clock throws 503 `clock-off`. */
export function agreedClock(database: Database, clocks: Clocks = serviceClocks): AgreedClock {
  return () => agreedNow(clocks, database);
}

/**
 * Returns the moment by the database's clock, for what must not happen while one of the two clocks
 * is wrong: nobody can tell which. Throws 503 `clock-off` when the clocks disagree.
 */
export async function agreedNow(clocks: Clocks, tx: Tx | Database): Promise<Date> {
  const { moment, aheadMs } = await compareClocks(clocks, tx);
  if (isClockRight(aheadMs)) return moment;
  const detail = `Process and database are ${Math.abs(aheadMs)} ms apart`;
  throw new Problem(503, 'clock-off', 'The clocks of our servers disagree', { detail });
}
