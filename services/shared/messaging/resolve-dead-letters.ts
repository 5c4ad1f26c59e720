import { recordAudit } from '../db/audit-log';
import { query, type Database } from '../db/data-source';
import { conflict } from '../kernel/errors';
import { parseJson } from '../kernel/json';
import {
  handlerOf,
  readDeadLetter,
  type NotReplayable,
  type WholeDeadLetter,
} from './dead-letter-queries';
import type { EntryStatus } from './bulk-delivery';
import type { Delivery } from './delivery';
import { findReceived } from './inbox';
import type { Subscription } from './subscription';

/** What resolving dead letters needs. */
export interface DeadLetterDesk {
  /** Service name: the consumer of the dead letters. */
  consumer: string;
  database: Database;
  subscriptions: readonly Subscription[];
  delivery: Delivery;
}

/**
 * Outcome of a replay: `done` when the event has had its effect, now or before; `refused` when the
 * handler rejected it again; `retry-later` when a dependency was away. Only `done` resolves.
 */
export type ReplayOutcome = 'done' | 'refused' | 'retry-later';

/** Dead letters that one request may replay; another request goes on. */
export const MAX_REPLAYED = 100;

const RESOLVE = `
UPDATE dead_letters SET state = $2, resolved_at = now(), resolved_by = $3, resolved_reason = $4
WHERE id = $1 AND state = 'open' RETURNING id`;

const REASONS: Record<NotReplayable, string> = {
  unreadable: 'Its envelope can not be read, so nobody knows which event it is',
  'unknown-type': 'This service has no handler for events of its type',
};

/** Throws 409 `already-resolved` unless the dead letter is open. */
function demandOpen({ state }: WholeDeadLetter): void {
  if (state === 'open') return;
  throw conflict('already-resolved', 'This dead letter is resolved', `It was ${state}`);
}

/**
 * Delivers the event of a dead letter to its handler again, under its own id: the inbox prevents a
 * second effect. Throws 404, 409 `already-resolved` and 409 `not-replayable`.
 */
export async function replayDeadLetter(
  desk: DeadLetterDesk,
  actorId: string,
  id: string,
): Promise<{ outcome: ReplayOutcome; letter: WholeDeadLetter }> {
  const letter = await readDeadLetter(desk.database, desk.consumer, id);
  demandOpen(letter);
  const subscription = handlerOf(desk.subscriptions, letter);
  if (typeof subscription === 'string') {
    throw conflict('not-replayable', 'This can not be replayed', REASONS[subscription]);
  }
  const [outcome] = await deliver(desk, subscription, [letter]);
  if (outcome === 'done') await resolveReplayed(desk, actorId, letter);
  return { outcome: outcome!, letter: await readDeadLetter(desk.database, desk.consumer, id) };
}

/** Delivers the events of dead letters of one topic; returns their outcomes in the same order. */
async function deliver(
  { consumer, database, delivery }: DeadLetterDesk,
  subscription: Subscription,
  letters: readonly WholeDeadLetter[],
): Promise<ReplayOutcome[]> {
  const entries = letters.map(({ id, payload }) => ({ entryId: id, event: parseJson(payload) }));
  const answers = await delivery.deliver(subscription, entries);
  const statuses = new Map<string, EntryStatus>(
    answers.map(({ entryId, status }) => [entryId, status]),
  );
  // A rejected event is answered SUCCESS too, as it became a dead letter: the inbox tells.
  const eventIds = letters.map(({ eventId }) => eventId!);
  const received = await findReceived(database, consumer, eventIds);
  return letters.map(({ id, eventId }) => {
    if (received.has(eventId!)) return 'done';
    return statuses.get(id) === 'RETRY' ? 'retry-later' : 'refused';
  });
}

/** Marks a dead letter as replayed, with its audit row; does nothing when it is resolved. */
async function resolveReplayed(
  { database, consumer }: DeadLetterDesk,
  actorId: string,
  { id, eventId, type }: WholeDeadLetter,
): Promise<void> {
  await database.transaction(async (tx) => {
    const resolved = await query(tx, RESOLVE, [id, 'replayed', actorId, null]);
    if (resolved.length === 0) return;
    const [before, after] = [{ state: 'open' }, { state: 'replayed', consumer, type, eventId }];
    await recordAudit(tx, { actorId, action: 'dead-letter.replayed', subject: id, before, after });
  });
}

/** Refused ones are seen again by the replay: they go to the end, so that calls get on. */
const OPEN_OF_TYPE = `
SELECT id, topic, type, event_id AS "eventId", payload FROM dead_letters
WHERE consumer = $1 AND type = $2 AND event_id IS NOT NULL AND state = 'open'
ORDER BY last_seen_at, id LIMIT $3`;

const COUNT_OPEN = `
SELECT count(*)::integer AS count FROM dead_letters
WHERE consumer = $1 AND type = $2 AND state = 'open'`;

/** Result of replaying the dead letters of a type. */
export interface ReplayedAll {
  done: number;
  refused: number;
  retryLater: number;
  /** Open dead letters of the type afterwards, refused ones included. */
  left: number;
}

/**
 * Replays the open dead letters of a type, those not seen for longest first, at most
 * `MAX_REPLAYED`. Throws 409 `not-replayable` when no subscription handles the type.
 */
export async function replayDeadLetters(
  desk: DeadLetterDesk,
  actorId: string,
  type: string,
): Promise<ReplayedAll> {
  const { consumer, database, subscriptions } = desk;
  const result: ReplayedAll = { done: 0, refused: 0, retryLater: 0, left: 0 };
  const open = await query<WholeDeadLetter>(database, OPEN_OF_TYPE, [consumer, type, MAX_REPLAYED]);
  const subscription = subscriptions.find(({ handlers }) =>
    handlers.some(({ contract }) => contract.type === type),
  );
  if (open.length > 0 && !subscription) {
    throw conflict('not-replayable', 'These can not be replayed', REASONS['unknown-type']);
  }
  const ours = open.filter(({ topic }) => topic === subscription?.topic);
  const outcomes = subscription ? await deliver(desk, subscription, ours) : [];
  for (const [index, outcome] of outcomes.entries()) {
    if (outcome === 'done') await resolveReplayed(desk, actorId, ours[index]!);
    result[outcome === 'retry-later' ? 'retryLater' : outcome] += 1;
  }
  const [left] = await query<{ count: number }>(database, COUNT_OPEN, [consumer, type]);
  return { ...result, left: left!.count };
}

/**
 * Discards a dead letter: its effect will never happen. Returns it. Throws 404, and 409
 * `already-resolved`.
 */
export async function discardDeadLetter(
  { consumer, database }: Pick<DeadLetterDesk, 'consumer' | 'database'>,
  actorId: string,
  { id, reason }: { id: string; reason: string },
): Promise<WholeDeadLetter> {
  return database.transaction(async (tx) => {
    const letter = await readDeadLetter(tx, consumer, id);
    const resolved = await query(tx, RESOLVE, [id, 'discarded', actorId, reason]);
    const now = await readDeadLetter(tx, consumer, id);
    if (resolved.length === 0) demandOpen(now);
    await recordAudit(tx, {
      actorId,
      action: 'dead-letter.discarded',
      subject: id,
      before: { state: 'open', error: letter.error },
      after: { state: 'discarded', consumer, type: letter.type, eventId: letter.eventId },
      reason,
    });
    return now;
  });
}
