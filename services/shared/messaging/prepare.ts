import { uniqueById, type Readable } from './read-event';
import type { EventHandler } from './subscription';

/** Outcome of preparing events before their transaction. */
export interface PreparedGroup {
  /** Events with the result of `prepare` as data. */
  ready: readonly Readable[];
  /** Events received before: nothing to prepare and nothing to apply. */
  repeated: readonly Readable[];
  /** Events for which `prepare` threw. */
  failed: readonly { readable: Readable; reason: unknown }[];
}

/**
 * Runs `prepare` concurrently, once for each event that was not received before, even when the
 * group contains the event twice.
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
