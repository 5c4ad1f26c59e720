import { query, type Tx } from '../../../shared/db/data-source';
import { agreedNow } from '../../../shared/db/database-clock';
import type { Day } from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';
import { currentDay } from '../../days/queries/business-days';
import { openBusinessDays } from '../../days/steps/open-business-days';

/** Advisory lock key (arbitrary): bookings share the lock, a closing takes it exclusively. */
const LEDGER_LOCK = 727_100;

/**
 * Proof by type that a transaction holds the ledger's lock and that the business day of `now` is
 * open. Booking, settling and closing take a proof instead of a `Tx`. The class is private to this
 * file: no other code can construct one.
 */
class Entered<Way extends 'to book' | 'to close'> {
  constructor(
    readonly tx: Tx,
    /** Database clock, read after the lock was granted. */
    readonly now: Date,
    protected readonly way: Way,
  ) {}
}

/** Transaction that holds the ledger's lock shared: may book. */
export type Ledger = Entered<'to book'>;
/** Transaction that holds the ledger's lock exclusively: may close a day. */
export type ClosingLedger = Entered<'to close'>;

/**
 * Takes the ledger's lock shared, to book: bookings run concurrently, a closing waits for them.
 * Later statements of the transaction see every committed closing.
 */
export async function enterLedger(tx: Tx, context: AccountContext): Promise<Ledger> {
  await query(tx, 'SELECT pg_advisory_xact_lock_shared($1)', [LEDGER_LOCK]);
  const now = await context.now(tx);
  await openBusinessDays(tx, now, context.calendar);
  return new Entered(tx, now, 'to book');
}

/**
 * Takes the ledger's lock exclusively, to close a day: no booking runs until the transaction ends.
 * Throws 503 `clock-off` when the clocks disagree.
 */
export async function enterLedgerAlone(tx: Tx, context: AccountContext): Promise<ClosingLedger> {
  await query(tx, 'SELECT pg_advisory_xact_lock($1)', [LEDGER_LOCK]);
  const now = await agreedNow(context, tx);
  await openBusinessDays(tx, now, context.calendar);
  return new Entered(tx, now, 'to close');
}

/** Returns the business day that transfers of `now` are booked on. */
export function bookingDay({ tx, now }: Ledger, { calendar }: AccountContext): Promise<Day> {
  return currentDay(tx, now, calendar);
}
