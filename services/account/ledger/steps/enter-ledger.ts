import { query, type Tx } from '../../../shared/db/data-source';
import { agreedNow } from '../../../shared/db/database-clock';
import type { Day } from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';
import { currentDay } from '../../days/queries/business-days';
import { openBusinessDays } from '../../days/steps/open-business-days';

/** Any number that nothing else in this database locks. */
const LEDGER_LOCK = 727_100;

/**
 * Proof that a transaction holds the ledger's lock and that the business day of `now` is open.
 * Booking, settling and closing take it instead of a `Tx`. The class is private to this file, so
 * nobody else can make one.
 */
class Entered<Way extends 'to book' | 'to close'> {
  constructor(
    readonly tx: Tx,
    /** By the database's clock, after the lock was granted. */
    readonly now: Date,
    protected readonly way: Way,
  ) {}
}

/** A transaction that may book. */
export type Ledger = Entered<'to book'>;
/** A transaction that may close a day: it holds the ledger alone. */
export type ClosingLedger = Entered<'to close'>;

/**
 * Enters the ledger to book: bookings run side by side, a closing waits for them. Statements after
 * it see every closing that was committed.
 */
export async function enterLedger(tx: Tx, context: AccountContext): Promise<Ledger> {
  await query(tx, 'SELECT pg_advisory_xact_lock_shared($1)', [LEDGER_LOCK]);
  const now = await context.now(tx);
  await openBusinessDays(tx, now, context.calendar);
  return new Entered(tx, now, 'to book');
}

/**
 * Enters the ledger to close a day: no booking is under way and none begins until the end. Throws
 * 503 `clock-off` where the clocks disagree.
 */
export async function enterLedgerAlone(tx: Tx, context: AccountContext): Promise<ClosingLedger> {
  await query(tx, 'SELECT pg_advisory_xact_lock($1)', [LEDGER_LOCK]);
  const now = await agreedNow(context, tx);
  await openBusinessDays(tx, now, context.calendar);
  return new Entered(tx, now, 'to close');
}

/** The business day that is booked on now. */
export function bookingDay({ tx, now }: Ledger, { calendar }: AccountContext): Promise<Day> {
  return currentDay(tx, now, calendar);
}
