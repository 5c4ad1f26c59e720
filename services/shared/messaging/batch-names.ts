import { traceIdOf } from '../observability/context';

/** Fields of an event for log lines. */
export interface NamedEvent {
  id: string;
  requestId: string | null | undefined;
  traceparent: string | null | undefined;
}

/**
 * Returns a log line's fields for a batch: the id of every event, and each request that caused
 * events, with its trace, once. One request for a distribution causes thousands of events.
 */
export function namesOf(events: readonly NamedEvent[]): {
  eventIds: string[];
  requests: { requestId: string; traceId: string | undefined }[];
} {
  const traces = new Map<string, string | undefined>();
  for (const { requestId, traceparent } of events) {
    if (requestId) traces.set(requestId, traceIdOf(traceparent ?? undefined));
  }
  return {
    eventIds: events.map(({ id }) => id),
    requests: [...traces].map(([requestId, traceId]) => ({ requestId, traceId })),
  };
}
