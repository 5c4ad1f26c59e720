import { createDataSource, query, type Database } from '../../../shared/db/data-source';
import type { Migration } from '../../../shared/db/migration';
import { createReturns } from './returns';

const SHOWN_DIGITS = 6;

/** Order that the bank receives. */
export interface BankOrder {
  reference: string;
  /** Minor units of the currency. */
  amount: string;
  currency: string;
  account: string;
}

/** One line of the book. */
export interface BookedTransfer extends BankOrder {
  position: bigint;
  status: 'executed' | 'rejected';
  reason: string | null;
  bookedAt: Date;
}

/** One line per reference, for ever. */
const createBook: Migration = {
  name: 'CreateBook1760000000001',
  sql: `
CREATE TABLE transfers (
  position bigserial PRIMARY KEY,
  reference text NOT NULL UNIQUE,
  status text NOT NULL CHECK (status IN ('executed', 'rejected')),
  reason text,
  amount bigint NOT NULL CHECK (amount > 0),
  currency text NOT NULL,
  account text NOT NULL,
  booked_at timestamptz NOT NULL DEFAULT now(),
  CHECK ((status = 'rejected') = (reason IS NOT NULL))
);
CREATE INDEX transfers_account ON transfers (account, position);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: what was recorded stays', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER transfers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transfers
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`,
};

/** Creates the bank's own database; opens no connection. */
export function createBankDatabase(url: string): Database {
  const migrations = [createBook, createReturns];
  return createDataSource({ service: 'sandbox-bank', url, entities: [], migrations });
}

const COLUMNS = `
position, reference, status, reason, amount::text AS amount, currency, account,
booked_at AS "bookedAt"`;

const BOOK = `
INSERT INTO transfers (reference, amount, currency, account, status, reason)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (reference) DO NOTHING`;

const STATEMENT = `
SELECT ${COLUMNS} FROM transfers
WHERE status = 'executed' AND position >= $1 AND ($2::text IS NULL OR account = $2)
ORDER BY position LIMIT $3`;

const LATEST = `SELECT ${COLUMNS} FROM transfers ORDER BY position DESC LIMIT $1`;

/** Books an order unless its reference is booked already; returns the booked line. */
export async function book(
  database: Database,
  order: BankOrder,
  rejection: string | null,
): Promise<BookedTransfer> {
  const { reference, amount, currency, account } = order;
  const status = rejection === null ? 'executed' : 'rejected';
  await query(database, BOOK, [reference, amount, currency, account, status, rejection]);
  return (await find(database, reference))!;
}

/** Returns the line of the reference, or null. */
export async function find(database: Database, reference: string): Promise<BookedTransfer | null> {
  const sql = `SELECT ${COLUMNS} FROM transfers WHERE reference = $1`;
  const [line] = await query<BookedTransfer>(database, sql, [reference]);
  return line ?? null;
}

/**
 * Returns executed transfers, oldest first, from a position of the book on; of one or all accounts.
 */
export function statement(
  database: Database,
  from: bigint,
  account: string | null,
  limit: number,
): Promise<BookedTransfer[]> {
  return query<BookedTransfer>(database, STATEMENT, [from, account, limit]);
}

/** Returns the newest lines, rejected ones included. */
export function latest(database: Database, limit: number): Promise<BookedTransfer[]> {
  return query<BookedTransfer>(database, LATEST, [limit]);
}

/** Returns the bank's own number of a transfer. */
export function bankReferenceOf({ position }: { position: bigint }): string {
  return `SB-${position.toString().padStart(SHOWN_DIGITS, '0')}`;
}
