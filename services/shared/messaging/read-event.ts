import { cloudEvent, type CloudEvent } from '../contracts/event';
import type { NamedEvent } from './batch-names';
import type { EventHandler, ReceivedEvent, Subscription } from './subscription';

/** An entry of a delivery whose event was read. */
export interface Readable {
  entryId: string;
  received: ReceivedEvent<never>;
  /** The event as it came, with what we do not read. */
  raw: unknown;
}

/** An event we can handle and its handler, or why it can't be read. */
type Read = { handler: EventHandler<never>; received: ReceivedEvent<never> } | { error: string };

/** Reads envelope and payload; an event of a type without handler is not ours. */
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

/** The same event twice in one batch is one event. */
export function uniqueById(group: readonly Readable[]): ReceivedEvent<never>[] {
  return [...new Map(group.map(({ received }) => [received.id, received])).values()];
}

/** The event as log lines name it. */
export function named({
  received: { envelope },
}: {
  received: { envelope: CloudEvent };
}): NamedEvent {
  const { id, requestid: requestId, causetraceparent: traceparent } = envelope;
  return { id, requestId, traceparent };
}
