import { query, type Tx } from '../db/data-source';
import { newId } from '../kernel/ids';
import { hintsAbout } from './hints';
import { publish } from './outbox';

/** Delivery that could not be handled. */
export interface DeadLetter {
  consumer: string;
  topic: string;
  /** `null` when the envelope was unreadable. */
  eventId: string | null;
  type: string | null;
  /** Whole event as received, so that it can be replayed. */
  event: unknown;
  error: string;
}

/** Error of events from the dead-letter topic: the broker gives no reason. */
export const RETRIES_USED_UP = 'retries used up';
/** Longest topic or type that an envelope may have. */
const MAX_NAME = 100;
const MAX_ERROR = 2_000;

/** Makes text storable: PostgreSQL refuses NUL, so NUL is written as an escape sequence. */
function storable(text: string, max: number): string {
  return text.slice(0, max).replaceAll('\0', '\\u0000').toWellFormed();
}

/**
 * Returns the event as JSON that parses to the same event. JSON escapes NUL and lone surrogates
 * (ECMAScript's well-formed `JSON.stringify`), so PostgreSQL accepts any event. `EVENTS_BODY_LIMIT`
 * bounds the length.
 */
function payloadOf(event: unknown): string {
  return JSON.stringify(event ?? null);
}

const RECORD = `
INSERT INTO dead_letters (id, consumer, topic, event_id, type, payload, error)
VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (consumer, event_id) DO UPDATE SET
  last_seen_at = now(), times_seen = dead_letters.times_seen + 1, state = 'open',
  payload = EXCLUDED.payload, resolved_at = NULL, resolved_by = NULL, resolved_reason = NULL,
  error = CASE WHEN EXCLUDED.error = '${RETRIES_USED_UP}' THEN dead_letters.error
          ELSE EXCLUDED.error END
RETURNING id, last_seen_at AS "seenAt"`;

/** Records a dead letter, for an operator to resolve, with a hint; a repeated one is counted. */
export async function recordDeadLetter(tx: Tx, letter: DeadLetter): Promise<void> {
  const [row] = await query<{ id: string; seenAt: Date }>(tx, RECORD, [
    newId(),
    letter.consumer,
    storable(letter.topic, MAX_NAME),
    letter.eventId,
    letter.type === null ? null : storable(letter.type, MAX_NAME),
    payloadOf(letter.event),
    storable(letter.error, MAX_ERROR),
  ]);
  const { id, seenAt } = row!;
  const things = [{ userId: null, id }];
  const changes = [{ topic: 'dead-letter', things, watchers: 'operations.manage' }] as const;
  await publish(tx, hintsAbout(changes, seenAt));
}
