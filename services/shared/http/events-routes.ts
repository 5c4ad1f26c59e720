import type { Context, Middleware } from 'koa';
import { z } from 'zod';
import type { BulkEntry, Deliver, EntryAnswer } from '../messaging/bulk-delivery';
import type { Subscription } from '../messaging/subscription';
import { EVENTS_BODY_LIMIT, jsonBody } from './body';
import { exactRouter } from './router';
import { lossyTextOf } from './utf8';

/** Route to which a service's dead-letter topics are delivered. */
export const DEAD_LETTERS_PATH = '/events/dead-letters';

/** Route that the cron binding (or another input binding) of the sidecar posts to. */
export interface Trigger {
  path: string;
  /** Starts the work and returns at once: the sidecar ignores the outcome. */
  fire(): void;
}

const bulkBody = z.object({
  entries: z.array(z.object({ entryId: z.string(), event: z.unknown() })),
});

/** Returns the entries of a bulk delivery, or a single event as one: the sidecar sends both. */
function entriesOf(body: unknown): BulkEntry[] {
  const bulk = bulkBody.safeParse(body);
  if (bulk.success) return bulk.data.entries;
  return [{ entryId: 'single', event: body }];
}

function answer(
  ctx: Context,
  entries: readonly BulkEntry[],
  answers: readonly EntryAnswer[],
): void {
  ctx.status = 200;
  const isSingle = entries.length === 1 && entries[0]!.entryId === 'single';
  ctx.body = isSingle ? { status: answers[0]!.status } : { statuses: answers };
}

/** Returns `POST /events/<topic>` for each subscription, and the route of dead letters. */
export function eventsRoutes(
  subscriptions: readonly Subscription[],
  delivery: Deliver,
): Middleware {
  const router = exactRouter();
  const body = jsonBody(EVENTS_BODY_LIMIT);
  for (const subscription of subscriptions) {
    router.post(`/events/${subscription.topic}`, body, async (ctx) => {
      const entries = entriesOf(ctx.request.body);
      answer(ctx as Context, entries, await delivery.deliver(subscription, entries));
    });
  }
  // Decodes bytes that are not UTF-8 as well: a dead letter that is refused again would be lost.
  const anyBody = jsonBody(EVENTS_BODY_LIMIT, lossyTextOf);
  router.post(DEAD_LETTERS_PATH, anyBody, async (ctx) => {
    const entries = entriesOf(ctx.request.body);
    answer(ctx as Context, entries, await delivery.keepDeadLetters(entries));
  });
  return router.routes() as Middleware;
}

/** Returns the routes that input bindings of the sidecar post to. */
export function triggerRoutes(triggers: readonly Trigger[]): Middleware {
  const router = exactRouter();
  for (const trigger of triggers) {
    router.post(trigger.path, (ctx) => {
      trigger.fire();
      ctx.status = 200;
      ctx.body = {};
    });
  }
  return router.routes() as Middleware;
}
