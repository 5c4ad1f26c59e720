import { z } from 'zod';
import { moment, uuid } from './fields';

/** Topics of the broker. */
export type Topic = 'users' | 'accounts' | 'tasks' | 'hints';

/**
 * Topics whose events are worthless when they are late: their consumers keep no inbox and no dead
 * letters, and nobody sends a lost one again.
 */
export const TRANSIENT_TOPICS: readonly Topic[] = ['hints'];

/** Contract of one kind of event. */
export interface EventContract<Data extends object = object> {
  /** CloudEvents `type`: `<Event>.v<version>`. */
  type: string;
  topic: Topic;
  schema: z.ZodType<Data>;
  /** Sample payload for the documentation and the compatibility test. */
  example: Data;
}

/** Returns the contract; the only way to declare an event. */
export function defineEvent<Data extends object>(
  contract: EventContract<Data>,
): EventContract<Data> {
  return contract;
}

/** Payload type of a contract. */
export type DataOf<C> = C extends EventContract<infer Data> ? Data : never;

/**
 * CloudEvents 1.0 envelope, as delivered. `id` is the uuid of the outbox row and the key of the
 * inbox. The extensions carry the id and the W3C trace context of the request that caused the
 * event: Dapr overwrites `traceparent` with that of the publishing request.
 */
export const cloudEvent = z.object({
  id: uuid,
  type: z.string().max(100),
  source: z.string().max(100),
  subject: z.string().max(100).optional(),
  time: moment.optional(),
  topic: z.string().max(100).optional(),
  causetraceparent: z.string().max(100).optional(),
  requestid: z.string().max(100).optional(),
  data: z.unknown(),
});
export type CloudEvent = z.infer<typeof cloudEvent>;
