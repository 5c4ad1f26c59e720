import type { Migration } from '../../shared/db/migration';

/** Money that the bank sent back, and how far the bank's statements of it are read. */
export const returnedTransfers: Migration = {
  name: 'ReturnedTransfers1760000000005',
  sql: `
-- One row per returned transfer, for ever. Positions are committed in their order, under a lock: a
-- reader that has read up to a position has missed none before it.
CREATE TABLE returned_transfers (
  position bigserial PRIMARY KEY,
  key uuid NOT NULL CONSTRAINT returned_transfers_key_key UNIQUE REFERENCES bank_transfers,
  -- Place of the line in the bank's statement: the same line again is no second return.
  statement_position bigint NOT NULL,
  amount_cents bigint NOT NULL CHECK (amount_cents > 0),
  currency text NOT NULL,
  reason text NOT NULL,
  returned_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL
);
CREATE TRIGGER returned_transfers_append_only
BEFORE UPDATE OR DELETE OR TRUNCATE ON returned_transfers
FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Per rail: the last position read of the bank's statement of returns, and the lease of the process
-- that reads it. fault is the last unreadable answer; null after a readable one.
CREATE TABLE return_statements (
  rail text PRIMARY KEY,
  read_up_to bigint NOT NULL DEFAULT 0,
  lease_until timestamptz NOT NULL DEFAULT '-infinity',
  fault text
);

-- Lines of a statement that do not fit our transfers, or not yet: read again with a backoff until
-- they do. is_nonsense marks contradictions, which an alert reports.
CREATE TABLE unmatched_returns (
  rail text NOT NULL,
  position bigint NOT NULL,
  why text NOT NULL,
  is_nonsense boolean NOT NULL,
  tries integer NOT NULL,
  next_try_at timestamptz NOT NULL,
  first_seen_at timestamptz NOT NULL,
  PRIMARY KEY (rail, position)
);

DO $$
BEGIN
  EXECUTE format('REVOKE UPDATE, DELETE ON returned_transfers FROM %I',
    current_database() || '_app');
END $$;
`,
};
