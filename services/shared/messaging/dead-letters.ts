import { query, type Database, type Tx } from '../db/data-source';
import { newId } from '../kernel/ids';

/** A delivery that could not be handled. */
export interface DeadLetter {
  consumer: string;
  topic: string;
  /** Null when not even the envelope could be read. */
  eventId: string | null;
  type: string | null;
  /** The event as it came, whole: it can be replayed. */
  event: unknown;
  error: string;
}

/** The error of a letter that came by the dead-letter topic: the broker does not say why. */
export const RETRIES_USED_UP = 'retries used up';
/** As long as a topic or a type may be in an envelope. */
const MAX_NAME = 100;
const MAX_ERROR = 2_000;

/** PostgreSQL refuses NUL; whoever reads the letter still sees where it stood. */
function storable(text: string, max: number): string {
  return text.slice(0, max).replaceAll('\0', '\\u0000').toWellFormed();
}

/**
 * The event as JSON that parses to the same event. JSON escapes NUL and lone surrogates
 * (ECMAScript's well-formed `JSON.stringify`), so PostgreSQL takes every text of it. Its length is
 * bounded by what a delivery may have (`EVENTS_BODY_LIMIT`).
 */
function payloadOf(event: unknown): string {
  return JSON.stringify(event ?? null);
}

const RECORD = `
INSERT INTO dead_letters (id, consumer, topic, event_id, type, payload, error)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (consumer, event_id) DO UPDATE SET
  last_seen_at = now(), times_seen = dead_letters.times_seen + 1, state = 'open',
  payload = EXCLUDED.payload,
  error = CASE WHEN EXCLUDED.error = '${RETRIES_USED_UP}' THEN dead_letters.error
          ELSE EXCLUDED.error END`;

/** Puts a delivery aside where an operator finds it; one that comes again is counted. */
export async function recordDeadLetter(tx: Tx | Database, letter: DeadLetter): Promise<void> {
  await query(tx, RECORD, [
    newId(),
    letter.consumer,
    storable(letter.topic, MAX_NAME),
    letter.eventId,
    letter.type === null ? null : storable(letter.type, MAX_NAME),
    payloadOf(letter.event),
    storable(letter.error, MAX_ERROR),
  ]);
}
