import {
  publishedDigests,
  publishedIds,
  resendPublished,
} from '../contracts/calls/published-events';
import type { Database } from '../db/data-source';
import { ok, RouteTable, type Policies, type Route } from '../http/route';
import { digestPublished, listPublishedIds, resendEvents } from '../messaging/published-events';

const tag = 'operations';

/** Returns the policies of a producer's routes; `callers` subscribe to its topics. */
export function publishedEventPolicies(callers: readonly string[]) {
  const consumers = { allow: 'services', callers } as const;
  return {
    'POST /published-events/digests': consumers,
    'POST /published-events/ids': consumers,
    'POST /published-events/resend': consumers,
  } as const satisfies Policies;
}

/**
 * Returns the routes by which consumers compare what was published with what they received;
 * `callers` as in the policies.
 */
export function publishedEventsRoutes(database: Database, callers: readonly string[]): Route[] {
  const [digests, ids, resend] = [publishedDigests(), publishedIds(), resendPublished()];
  return new RouteTable(publishedEventPolicies(callers))
    .on('POST /published-events/digests', {
      summary: 'Count and hash of the published events by range of time',
      tag,
      body: digests.request,
      answers: { 200: digests.response },
      handle: async ({ body }) => ok(await digestPublished(database, body)),
    })
    .on('POST /published-events/ids', {
      summary: 'Ids of the published events of a range',
      tag,
      body: ids.request,
      answers: { 200: ids.response },
      handle: async ({ body }) => ok({ ids: await listPublishedIds(database, body) }),
    })
    .on('POST /published-events/resend', {
      summary: 'Publish events again, under their own ids',
      tag,
      body: resend.request,
      answers: { 200: resend.response },
      handle: async ({ body }) => ok({ resent: await resendEvents(database, body.ids) }),
    }).routes;
}
