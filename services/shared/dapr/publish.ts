import type { Sidecar } from './sidecar';

export const PUBSUB = 'pubsub';
const PUBLISH_TIMEOUT_MS = 5_000;
const OK = 204;

/** One event as it goes to the broker. */
export interface OutgoingEvent {
  id: string;
  type: string;
  source: string;
  subject: string;
  /** ISO 8601, UTC. */
  time: string;
  data: unknown;
  causetraceparent?: string | undefined;
  requestid?: string | undefined;
}

function entryOf(event: OutgoingEvent): object {
  return {
    entryId: event.id,
    contentType: 'application/cloudevents+json',
    event: { specversion: '1.0', datacontenttype: 'application/json', ...event },
  };
}

/**
 * Publishes many events in one request (Dapr's bulk publish). Returns the ids that the broker
 * did not take; none of them was lost, they are simply still to be published. Throws
 * `SidecarUnreachable`, or an `Error` with the sidecar's own words when it refused the whole.
 */
export async function publishBulk(
  sidecar: Sidecar,
  topic: string,
  events: readonly OutgoingEvent[],
): Promise<Set<string>> {
  const answer = await sidecar.request({
    method: 'POST',
    path: `/v1.0/publish/bulk/${PUBSUB}/${encodeURIComponent(topic)}`,
    body: JSON.stringify(events.map(entryOf)),
    timeoutMs: PUBLISH_TIMEOUT_MS,
  });
  if (answer.status === OK) return new Set();
  const failed = failedEntries(answer.text);
  if (failed === null) throw new Error(`Publishing to ${topic}: ${answer.status} ${answer.text}`);
  return failed;
}

function failedEntries(text: string): Set<string> | null {
  try {
    const body = JSON.parse(text) as { failedEntries?: { entryId: string }[] };
    return body.failedEntries ? new Set(body.failedEntries.map((entry) => entry.entryId)) : null;
  } catch {
    return null;
  }
}
