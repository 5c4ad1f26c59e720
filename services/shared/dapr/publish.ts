import HTTPClientPubSub from '@dapr/dapr/implementation/Client/HTTPClient/pubsub';
import { z } from 'zod';
import { parseJson } from '../kernel/json';
import { Refused, sdkClient } from './sdk-client';
import type { Sidecar } from './sidecar';

export const PUBSUB = 'pubsub';
const PUBLISH_TIMEOUT_MS = 5_000;
/** HTTP statuses of Dapr's bulk publish, from its API reference. */
const ALL_TAKEN = 204;
const SOME_FAILED = 500;
/** Characters of an unexpected answer that an error message quotes. */
const MAX_QUOTED = 500;

/** Event as it is sent to the broker. */
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
    entryID: event.id,
    contentType: 'application/cloudevents+json',
    event: { specversion: '1.0', datacontenttype: 'application/json', ...event },
  };
}

/**
 * The sidecar did not say which events the broker accepted, so all count as unpublished. Publishing
 * them again is safe: consumers deduplicate by id.
 */
export class PublishingUnclear extends Error {
  override readonly name = 'PublishingUnclear';
}

/** Body of a partial failure, as Dapr's bulk publish documents it. */
const partialFailure = z.object({
  failedEntries: z.array(z.object({ entryId: z.string() })).min(1),
});

/**
 * Publishes many events in one request (Dapr's bulk publish). Returns the ids that the broker did
 * not accept; these events must be published again. Only documented answers count: 204 when all
 * were accepted, 500 with a list of those that were not. Throws `SidecarUnreachable`, or
 * `PublishingUnclear` for any other answer.
 */
export async function publishBulk(
  sidecar: Sidecar,
  topic: string,
  events: readonly OutgoingEvent[],
): Promise<Set<string>> {
  const client = sdkClient(sidecar, {
    timeoutMs: PUBLISH_TIMEOUT_MS,
    isSuccess: (status) => status === ALL_TAKEN,
  });
  const { failedMessages } = await new HTTPClientPubSub(client).publishBulk(
    PUBSUB,
    encodeURIComponent(topic),
    events.map(entryOf),
  );
  // One error for the whole request: the SDK returns our client's error with every message.
  const error = failedMessages[0]?.error;
  if (error === undefined) return new Set();
  if (!(error instanceof Refused)) throw error;
  const { status, text } = error.answer;
  const ids = new Set(events.map(({ id }) => id));
  const failed = status === SOME_FAILED ? failedAmong(ids, text) : null;
  if (failed) return failed;
  const said = text.slice(0, MAX_QUOTED);
  throw new PublishingUnclear(`Publishing to ${topic}: ${status} ${said}`);
}

/**
 * Returns the ids that a partial failure names; null when the list is invalid: empty, or with an
 * entry whose id is missing, unknown or repeated. Not left to the SDK, which looks for `entryID`,
 * finds none and reports success.
 */
function failedAmong(ids: ReadonlySet<string>, text: string): Set<string> | null {
  const body = partialFailure.safeParse(parseJson(text));
  if (!body.success) return null;
  const named = body.data.failedEntries.map(({ entryId }) => entryId);
  const failed = new Set(named);
  return failed.size === named.length && named.every((id) => ids.has(id)) ? failed : null;
}
