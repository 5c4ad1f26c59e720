/**
 * The tables that messaging needs in a service's database, for its first migration.
 *
 * - `outbox`: events written in the transaction of the change they tell of; `published_at` is
 *   null until the broker took them.
 * - `inbox`: which consumer has already had which event.
 * - `dead_letters`: deliveries that could not be handled, kept for somebody to look at.
 * - The two indexes that only the cleaning reads are summaries of blocks (BRIN): rows come in the
 *   order of time, and every event would pay for a better one.
 * - `uuid_v7()`: time-ordered ids made inside set-based statements (RFC 9562, section 5.7).
 */
export const CREATE_MESSAGING_TABLES = `
CREATE FUNCTION uuid_v7() RETURNS uuid LANGUAGE sql VOLATILE PARALLEL SAFE AS $$
  -- A random (version 4) uuid with the time laid over its first bytes and the version made 7.
  SELECT encode(set_bit(set_bit(
    overlay(uuid_send(gen_random_uuid())
      PLACING substring(int8send((extract(epoch FROM clock_timestamp()) * 1000)::bigint) FROM 3)
      FROM 1 FOR 6), 52, 1), 53, 1), 'hex')::uuid
$$;

CREATE TABLE outbox (
  id uuid PRIMARY KEY,
  topic text NOT NULL,
  type text NOT NULL,
  subject text NOT NULL,
  data jsonb NOT NULL,
  occurred_at timestamptz NOT NULL,
  traceparent text,
  request_id text,
  published_at timestamptz
);
CREATE INDEX outbox_pending ON outbox (id) WHERE published_at IS NULL;
CREATE INDEX outbox_published ON outbox USING brin (published_at);

CREATE TABLE inbox (
  consumer text NOT NULL,
  event_id uuid NOT NULL,
  received_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (consumer, event_id)
);
CREATE INDEX inbox_received ON inbox USING brin (received_at);

CREATE TABLE dead_letters (
  id uuid PRIMARY KEY,
  consumer text NOT NULL,
  topic text NOT NULL,
  event_id uuid,
  type text,
  payload text NOT NULL,
  error text NOT NULL,
  first_seen_at timestamptz NOT NULL DEFAULT now(),
  last_seen_at timestamptz NOT NULL DEFAULT now(),
  times_seen integer NOT NULL DEFAULT 1,
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'replayed', 'discarded')),
  resolved_by uuid,
  resolved_reason text,
  UNIQUE (consumer, event_id)
)`;
