import { query, type Tx } from '../../shared/db/data-source';

/** Any number that nothing else in this database locks. */
const LEDGER_LOCK = 727_100;

/**
 * Taken before anything is booked: bookings go side by side, a closing waits for them. The
 * statements after it see every closing that was committed.
 */
export async function lockForBooking(tx: Tx): Promise<void> {
  await query(tx, 'SELECT pg_advisory_xact_lock_shared($1)', [LEDGER_LOCK]);
}

/** Taken before a day is closed: no booking is under way and none begins until the end. */
export async function lockForClosing(tx: Tx): Promise<void> {
  await query(tx, 'SELECT pg_advisory_xact_lock($1)', [LEDGER_LOCK]);
}
