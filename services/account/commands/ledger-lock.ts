import { query, type Tx } from '../../shared/db/data-source';

/** Any number that nothing else in this database locks. */
const LEDGER_LOCK = 727_100;

/** Proof of the lock. Its class stays in this file: nobody else can make one. */
class Entered<Way extends 'to book' | 'to close'> {
  constructor(
    readonly tx: Tx,
    protected readonly way: Way,
  ) {}
}

/** A transaction that may book: what books or settles asks for this instead of a `Tx`. */
export type Ledger = Entered<'to book'>;
/** A transaction that may close a day: it has the ledger for itself. */
export type ClosingLedger = Entered<'to close'>;

/**
 * Taken before anything is booked: bookings go side by side, a closing waits for them. The
 * statements after it see every closing that was committed.
 */
export async function enterLedger(tx: Tx): Promise<Ledger> {
  await query(tx, 'SELECT pg_advisory_xact_lock_shared($1)', [LEDGER_LOCK]);
  return new Entered(tx, 'to book');
}

/** Taken before a day is closed: no booking is under way and none begins until the end. */
export async function enterLedgerAlone(tx: Tx): Promise<ClosingLedger> {
  await query(tx, 'SELECT pg_advisory_xact_lock($1)', [LEDGER_LOCK]);
  return new Entered(tx, 'to close');
}
