import { query, type Database, type Tx } from '../db/data-source';
import { notFound } from '../kernel/errors';
import type { EventHandler, Subscription } from './subscription';

/** State of a dead letter: resolved ones were replayed with effect, or discarded by a person. */
export const deadLetterStates = ['open', 'replayed', 'discarded'] as const;
export type DeadLetterState = (typeof deadLetterStates)[number];

/** Dead letter without its payload. */
export interface ListedDeadLetter {
  id: string;
  topic: string;
  type: string | null;
  eventId: string | null;
  error: string;
  firstSeenAt: Date;
  lastSeenAt: Date;
  timesSeen: number;
  state: DeadLetterState;
  resolvedBy: string | null;
  resolvedAt: Date | null;
  resolvedReason: string | null;
}

/** Dead letter with its payload: the event's JSON text as it was stored. */
export interface WholeDeadLetter extends ListedDeadLetter {
  payload: string;
}

/** Filter and page of a list of dead letters. */
export interface DeadLetterFilter {
  state?: DeadLetterState | undefined;
  type?: string | undefined;
  /** Limits of `firstSeenAt`: from inclusive, to exclusive. */
  from?: string | undefined;
  to?: string | undefined;
  /** Id of the last dead letter of the previous page. */
  after: string | null;
  limit: number;
}

const COLUMNS = `
id, topic, type, event_id AS "eventId", error, first_seen_at AS "firstSeenAt",
last_seen_at AS "lastSeenAt", times_seen AS "timesSeen", state, resolved_by AS "resolvedBy",
resolved_at AS "resolvedAt", resolved_reason AS "resolvedReason"`;

/** Ids are time-ordered: the newest row has the highest. */
const LIST = `
SELECT ${COLUMNS} FROM dead_letters
WHERE consumer = $1 AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR type = $3)
  AND ($4::timestamptz IS NULL OR first_seen_at >= $4)
  AND ($5::timestamptz IS NULL OR first_seen_at < $5)
  AND ($6::uuid IS NULL OR id < $6)
ORDER BY id DESC LIMIT $7`;

/** Returns dead letters of the consumer, newest first; at most `limit`. */
export async function listDeadLetters(
  database: Database,
  consumer: string,
  { state, type, from, to, after, limit }: DeadLetterFilter,
): Promise<ListedDeadLetter[]> {
  return query(database, LIST, [consumer, state, type, from, to, after, limit]);
}

const READ = `SELECT ${COLUMNS}, payload FROM dead_letters WHERE consumer = $1 AND id = $2`;

/** Returns a dead letter of the consumer. Throws 404. */
export async function readDeadLetter(
  tx: Tx | Database,
  consumer: string,
  id: string,
): Promise<WholeDeadLetter> {
  const [letter] = await query<WholeDeadLetter>(tx, READ, [consumer, id]);
  if (!letter) throw notFound('Dead letter');
  return letter;
}

/** Why a dead letter can't be replayed. */
export type NotReplayable = 'unreadable' | 'unknown-type';

/** Returns the subscription that handles the dead letter, or why it can't be replayed. */
export function handlerOf(
  subscriptions: readonly Subscription[],
  { eventId, topic, type }: Pick<ListedDeadLetter, 'eventId' | 'topic' | 'type'>,
): Subscription | NotReplayable {
  if (eventId === null || type === null) return 'unreadable';
  const isHandler = ({ contract }: EventHandler<never>): boolean => contract.type === type;
  const found = subscriptions.find(
    (subscription) => subscription.topic === topic && subscription.handlers.some(isHandler),
  );
  return found ?? 'unknown-type';
}
