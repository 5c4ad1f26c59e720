import { query, type Database, type Tx } from '../db/data-source';
import { newId } from '../kernel/ids';

/** A delivery that could not be handled. */
export interface DeadLetter {
  consumer: string;
  topic: string;
  /** Null when not even the envelope could be read. */
  eventId: string | null;
  type: string | null;
  /** The delivery as it came, JSON. */
  payload: string;
  error: string;
}

/** The error of a letter that came by the dead-letter topic: the broker does not say why. */
export const RETRIES_USED_UP = 'retries used up';
const MAX_PAYLOAD = 100_000;
const MAX_ERROR = 2_000;

/** NUL can't be stored; whoever reads the letter still sees where it stood. */
function storable(text: string, max: number): string {
  return text.slice(0, max).replaceAll('\0', '\\u0000').toWellFormed();
}

const RECORD = `
INSERT INTO dead_letters (id, consumer, topic, event_id, type, payload, error)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (consumer, event_id) DO UPDATE SET
  last_seen_at = now(), times_seen = dead_letters.times_seen + 1, state = 'open',
  error = CASE WHEN EXCLUDED.error = '${RETRIES_USED_UP}' THEN dead_letters.error
          ELSE EXCLUDED.error END`;

/** Puts a delivery aside where an operator finds it; one that comes again is counted. */
export async function recordDeadLetter(tx: Tx | Database, letter: DeadLetter): Promise<void> {
  await query(tx, RECORD, [
    newId(),
    letter.consumer,
    letter.topic,
    letter.eventId,
    letter.type,
    storable(letter.payload, MAX_PAYLOAD),
    storable(letter.error, MAX_ERROR),
  ]);
}
