import { z } from 'zod';
import { changes } from '../../shared/contracts/events/hints';
import { moment, uuid } from '../../shared/contracts/fields';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { policies } from '../policies';
import { expiryOf } from '../sessions/token-cache';
import type { HintDelivery } from './hint-delivery';
import type { LiveStreams } from './live-streams';

const MAX_EVENT_ID = 100;
const EVENT_STREAM = 'text/event-stream';

/** Returns the route of live hints, for clients. */
export function liveRoutes(streams: LiveStreams): Route[] {
  return new RouteTable(policies).on('GET /api/v1/live', {
    summary: 'Hints of what changed and concerns oneself, as server-sent events',
    tag: 'live',
    answers: { 200: z.unknown().meta({ contentMediaType: EVENT_STREAM }) },
    handle: ({ caller, headers }) => {
      const last = headers['last-event-id'] ?? '';
      const body = streams.open({
        caller,
        lastEventId: last === '' ? null : last.slice(0, MAX_EVENT_ID),
        expiresAtMs: expiryOf(headers['authorization'] ?? ''),
      });
      return Promise.resolve({
        status: 200,
        body,
        headers: {
          'content-type': `${EVENT_STREAM}; charset=utf-8`,
          'cache-control': 'no-store, no-transform',
          // nginx buffers answers otherwise.
          'x-accel-buffering': 'no',
        },
      });
    },
  }).routes;
}

/** Returns the route at which another replica hands on hints, on the sidecar's port. */
export function peerRoutes(delivery: HintDelivery): Route[] {
  return new RouteTable(policies).on('POST /peer-hints', {
    summary: 'Take hints from another replica',
    tag: 'live',
    body: changes.extend({ id: uuid, at: moment }),
    answers: { 200: z.object({}) },
    handle: ({ body }) => {
      delivery.tell([body]);
      return Promise.resolve(ok({}));
    },
  }).routes;
}
