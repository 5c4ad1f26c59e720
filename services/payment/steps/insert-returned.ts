import { query, type Tx } from '../../shared/db/data-source';

/** Transfer whose money the bank sent back, as it is recorded. */
export interface RecordedReturn {
  key: string;
  /** Place of the line in the rail's statement of returns; null when a person recorded it. */
  statementPosition: bigint | null;
  amountCents: bigint;
  currency: string;
  /** Words of the bank. */
  reason: string;
  returnedAt: Date;
}

/** Advisory lock key (arbitrary): positions are committed in their order. */
const RETURNS_LOCK = 7_160_302;
const LOCK = 'SELECT pg_advisory_xact_lock($1)';

/**
 * Waits for other transactions that record returns. To be taken before reading what is returned:
 * then `insertReturned` neither repeats a return nor commits a position before a lower one.
 */
export async function lockReturns(tx: Tx): Promise<void> {
  await query(tx, LOCK, [RETURNS_LOCK]);
}

const INSERT = `
INSERT INTO returned_transfers (key, statement_position, amount_cents, currency, reason,
  returned_at, recorded_at)
SELECT key, statement_position, amount_cents, currency, reason, returned_at, $7
FROM unnest($1::uuid[], $2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[])
  AS returned (key, statement_position, amount_cents, currency, reason, returned_at)`;

/** Records returns, which Account reads by position. The caller holds `lockReturns`. */
export async function insertReturned(
  tx: Tx,
  returns: readonly RecordedReturn[],
  now: Date,
): Promise<void> {
  await query(tx, INSERT, [
    returns.map(({ key }) => key),
    returns.map(({ statementPosition }) => statementPosition),
    returns.map(({ amountCents }) => amountCents),
    returns.map(({ currency }) => currency),
    returns.map(({ reason }) => reason),
    returns.map(({ returnedAt }) => returnedAt),
    now,
  ]);
}
