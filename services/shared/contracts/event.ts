import { z } from 'zod';
import { moment, uuid } from './fields';

/** Topics are Redis streams. */
export type Topic = 'users' | 'accounts' | 'tasks';

/** One kind of event: its name and version, where it goes and what it carries. */
export interface EventContract<Data extends object = object> {
  /** `<Event>.v<version>`, the CloudEvents `type`. */
  type: string;
  topic: Topic;
  schema: z.ZodType<Data>;
  /** A real one, for documentation and for the compatibility test. */
  example: Data;
}

/** Declares an event; the only way one comes into being. */
export function defineEvent<Data extends object>(
  contract: EventContract<Data>,
): EventContract<Data> {
  return contract;
}

/** The payload type of a contract. */
export type DataOf<C> = C extends EventContract<infer Data> ? Data : never;

/**
 * The envelope as it arrives (CloudEvents 1.0). `id` is the outbox row's uuid and the key
 * of the inbox. Our extensions name the request that caused the event, and its W3C trace
 * context: Dapr overwrites `traceparent` with that of the publishing request.
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
