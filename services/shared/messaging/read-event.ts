import { cloudEvent, type CloudEvent } from '../contracts/event';
import type { NamedEvent } from './batch-names';
import type { EventHandler, ReceivedEvent, Subscription } from './subscription';

/** Entry of a delivery whose event was read. */
export interface Readable {
  entryId: string;
  received: ReceivedEvent<never>;
  /** Event as received, including fields that no handler reads. */
  raw: unknown;
}

/** Event and its handler, or the reason why the event is unreadable. */
type Read = { handler: EventHandler<never>; received: ReceivedEvent<never> } | { error: string };

/** Reads envelope and payload; returns `not ours` for an event whose type has no handler. */
export function readEvent(subscription: Subscription, raw: unknown): Read | 'not ours' {
  const envelope = cloudEvent.safeParse(raw);
  if (!envelope.success) return { error: `not a CloudEvent: ${envelope.error.message}` };
  const { id, type, data } = envelope.data;
  const handler = subscription.handlers.find((candidate) => candidate.contract.type === type);
  if (!handler) return 'not ours';
  const payload = handler.contract.schema.safeParse(data);
  if (!payload.success) return { error: `not a ${type}: ${payload.error.message}` };
  return { handler, received: { id, data: payload.data, envelope: envelope.data } };
}

/** Returns each event of the group once. */
export function uniqueById(group: readonly Readable[]): ReceivedEvent<never>[] {
  return [...new Map(group.map(({ received }) => [received.id, received])).values()];
}

/** Returns the event's fields for log lines. */
export function named({
  received: { envelope },
}: {
  received: { envelope: CloudEvent };
}): NamedEvent {
  const { id, requestid: requestId, causetraceparent: traceparent } = envelope;
  return { id, requestId, traceparent };
}
