import { traceIdOf } from '../observability/context';

/** An event as far as a log line needs it. */
export interface NamedEvent {
  id: string;
  requestId: string | null | undefined;
  traceparent: string | null | undefined;
}

/**
 * What a log line says about a batch: every event's id, and each request that caused some of
 * them once, with its trace. A distribution makes thousands of events by one request.
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
