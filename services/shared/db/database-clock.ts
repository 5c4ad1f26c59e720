import { systemClock, type Clock } from '../kernel/clock';
import { Problem } from '../kernel/errors';
import { query, type Database, type Tx } from './data-source';

/**
 * Tells the present moment by the database's clock, which all processes share. It goes on inside
 * a transaction. Passed in like `Clock`, so tests can set it.
 */
export type DatabaseClock = (tx: Tx | Database) => Promise<Date>;

/** The clock of the database server. */
export const databaseClock: DatabaseClock = async (tx) => {
  const [row] = await query<{ now: Date }>(tx, 'SELECT clock_timestamp() AS now');
  return row!.now;
};

/** The database's clock, which decides, and the process's own, which must agree with it. */
export interface Clocks {
  now: DatabaseClock;
  clock: Clock;
}

/** The clocks of a running service. */
export const serviceClocks: Clocks = { now: databaseClock, clock: systemClock };

/** A process whose clock is further off than this decides nothing about money. */
const CLOCK_TOLERANCE_MS = 3_000;

/**
 * The moment by the database's clock, and by how many milliseconds the process's clock is certainly
 * ahead of it (negative: behind). The time that the question takes is not held against it.
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

/** True when a process may rely on its clock. */
export function isClockRight(aheadMs: number): boolean {
  return Math.abs(aheadMs) <= CLOCK_TOLERANCE_MS;
}

/** Tells a moment that both clocks agree on; throws where they do not. */
export type AgreedClock = () => Promise<Date>;

/** The clock for jobs whose work can't be taken back. It throws `Problem` 503 `clock-off`. */
export function agreedClock(database: Database, clocks: Clocks = serviceClocks): AgreedClock {
  return () => agreedNow(clocks, database);
}

/**
 * The moment by the database's clock, for what must not happen when one of the two clocks is wrong:
 * nobody can tell which. Throws `Problem` 503 `clock-off` when they disagree.
 */
export async function agreedNow(clocks: Clocks, tx: Tx | Database): Promise<Date> {
  const { moment, aheadMs } = await compareClocks(clocks, tx);
  if (isClockRight(aheadMs)) return moment;
  const detail = `Process and database are ${Math.abs(aheadMs)} ms apart`;
  throw new Problem(503, 'clock-off', 'The clocks of our servers disagree', { detail });
}
