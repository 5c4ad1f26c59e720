import { query, type Database } from '../../../shared/db/data-source';
import { Problem, conflict } from '../../../shared/kernel/errors';
import type { Migration } from '../../../shared/db/migration';
import type { BookedTransfer } from './book';

const NOT_FOUND = 404;

/** Line of the statement of returns: a transfer whose money went back, as a whole. */
export type BookedReturn = Omit<BookedTransfer, 'position' | 'status' | 'reason' | 'bookedAt'> & {
  /** Place in the statement of returns. */
  position: bigint;
  /** Place of the transfer in the book. */
  transferPosition: bigint;
  reason: string;
  returnedAt: Date;
};

/** One return per executed transfer, for ever. */
export const createReturns: Migration = {
  name: 'CreateReturns1760000000002',
  sql: `
CREATE TABLE returns (
  position bigserial PRIMARY KEY,
  reference text NOT NULL UNIQUE REFERENCES transfers (reference),
  reason text NOT NULL,
  returned_at timestamptz NOT NULL DEFAULT now()
);
CREATE TRIGGER returns_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON returns
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
`,
};

/** Advisory lock key (arbitrary): positions are committed in their order, so none is skipped. */
const RETURNS_LOCK = 7_160_303;
const LOCK = 'SELECT pg_advisory_xact_lock($1)';

const GIVE_BACK = `
INSERT INTO returns (reference, reason)
SELECT reference, $2 FROM transfers WHERE reference = $1 AND status = 'executed'
ON CONFLICT (reference) DO NOTHING`;

const SELECT = `
SELECT returns.position, transfers.position AS "transferPosition", reference,
  amount::text AS amount, currency, account, returns.reason, returned_at AS "returnedAt"
FROM returns JOIN transfers USING (reference)`;

/**
 * Sends the money of an executed transfer back; a repeat returns the first return. Throws 404 for
 * an unknown reference, 409 `not-executed` for a rejected transfer.
 */
export async function giveBack(
  database: Database,
  reference: string,
  reason: string,
): Promise<BookedReturn> {
  await database.transaction(async (tx) => {
    await query(tx, LOCK, [RETURNS_LOCK]);
    await query(tx, GIVE_BACK, [reference, reason]);
  });
  const [line] = await query<BookedReturn>(database, `${SELECT} WHERE reference = $1`, [reference]);
  if (line) return line;
  const known = await query(database, 'SELECT FROM transfers WHERE reference = $1', [reference]);
  if (known.length > 0) throw conflict('not-executed', 'Only executed transfers can be returned');
  throw new Problem(NOT_FOUND, 'not-found', 'Transfer not found');
}

/** Returns lines of the statement of returns after a position, oldest first. */
export function returnsAfter(
  database: Database,
  after: bigint,
  limit: number,
): Promise<BookedReturn[]> {
  const sql = `${SELECT} WHERE returns.position > $1 ORDER BY returns.position LIMIT $2`;
  return query<BookedReturn>(database, sql, [after, limit]);
}

/** Returns the returns of transfers, by reference. */
export async function returnsOf(
  database: Database,
  references: readonly string[],
): Promise<Map<string, BookedReturn>> {
  const sql = `${SELECT} WHERE reference = ANY ($1::text[])`;
  const found = await query<BookedReturn>(database, sql, [references]);
  return new Map(found.map((line) => [line.reference, line]));
}
