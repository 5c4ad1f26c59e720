import { uniqueById, type Readable } from './read-event';
import type { EventHandler } from './subscription';

/** What became of events that must be prepared before their transaction. */
export interface PreparedGroup {
  /** With what `prepare` returned as data. */
  ready: readonly Readable[];
  /** Received before: there is nothing to ask and nothing to do. */
  repeated: readonly Readable[];
  /** Those that `prepare` threw for. */
  failed: readonly { readable: Readable; reason: unknown }[];
}

/**
 * Runs `prepare` once for each event that was not received before, all at the same time: an event
 * that stands twice in the group is asked about once.
 */
export async function prepareGroup(
  prepare: NonNullable<EventHandler<never>['prepare']>,
  group: readonly Readable[],
  receivedBefore: ReadonlySet<string>,
): Promise<PreparedGroup> {
  const repeated = group.filter(({ received }) => receivedBefore.has(received.id));
  const fresh = group.filter(({ received }) => !receivedBefore.has(received.id));
  const events = uniqueById(fresh);
  const settled = await Promise.allSettled(events.map((event) => prepare(event)));
  const outcomes = new Map(events.map(({ id }, index) => [id, settled[index]!]));
  const ready: Readable[] = [];
  const failed: { readable: Readable; reason: unknown }[] = [];
  for (const readable of fresh) {
    const outcome = outcomes.get(readable.received.id)!;
    if (outcome.status === 'rejected') failed.push({ readable, reason: outcome.reason });
    else ready.push({ ...readable, received: { ...readable.received, data: outcome.value } });
  }
  return { ready, repeated, failed };
}
