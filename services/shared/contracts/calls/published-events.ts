import { z } from 'zod';
import { defineCall, type CallContract } from '../call';
import { moment, uuid } from '../fields';

/** A digest of an hour reads every id of the hour. */
const DIGEST_TIMEOUT_MS = 8_000;
const TIMEOUT_MS = 3_000;

/** Ids in one answer; a page is followed by the next one, after its last id. */
export const MAX_IDS = 1_000;
/** Events that one call resends: a round of reconciliation resends no more. */
export const MAX_RESENT = 500;
const MAX_TYPES = 50;
const MAX_TYPE = 100;
/** Ranges in one answer: the hours of a month. */
const MAX_RANGES = 744;

const types = z.array(z.string().max(MAX_TYPE)).min(1).max(MAX_TYPES);
const app = 'board';
const id = '0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e';
const span = { from: '2026-03-02T15:00:00.000Z', to: '2026-03-02T16:00:00.000Z' };
const exampleTypes = ['TaskAssigned.v1'];

const digestRequest = z.strictObject({
  types,
  /** Time of the ids (version 7): from inclusive, to exclusive. */
  from: moment,
  to: moment,
  /** Width of a range in ms; ranges begin at its multiples since 1970. */
  widthMs: z.union([z.literal(3_600_000), z.literal(60_000), z.literal(1_000)]),
});
export type DigestRequest = z.infer<typeof digestRequest>;

/** Count and hash of the ids of a range; the hashes of two producers add up. */
const range = z.object({
  startMs: z.number().int(),
  count: z.number().int(),
  /** Sum of the first 64 bits of the MD5 of each id, as signed integers; decimal. */
  hash: z.string().regex(/^-?\d+$/),
});
export type RangeDigest = z.infer<typeof range>;

const digestAnswer = z.object({
  /** No claim about events from here on: older ones may still be published. At most `to`. */
  until: moment,
  /** Ranges with events, up to `until`. */
  ranges: z.array(range).max(MAX_RANGES),
});
export type PublishedDigests = z.infer<typeof digestAnswer>;

/** A consumer asks what was published, as digests by range of time. */
export const publishedDigests = (
  producer: string = app,
): CallContract<DigestRequest, PublishedDigests> =>
  defineCall({
    app: producer,
    method: 'POST',
    path: '/published-events/digests',
    request: digestRequest,
    response: digestAnswer,
    example: {
      request: { types: exampleTypes, ...span, widthMs: 60_000 },
      response: { until: span.to, ranges: [{ startMs: 1772463600000, count: 2, hash: '-42' }] },
    },
    timeoutMs: DIGEST_TIMEOUT_MS,
  });

const idsRequest = z.strictObject({
  types,
  from: moment,
  to: moment,
  /** Last id of the page before. */
  after: uuid.optional(),
});
const idsAnswer = z.object({ ids: z.array(uuid).max(MAX_IDS) });

/** A consumer asks for the ids of a range that differs; fewer than `MAX_IDS` end it. */
export const publishedIds = (
  producer: string = app,
): CallContract<z.infer<typeof idsRequest>, z.infer<typeof idsAnswer>> =>
  defineCall({
    app: producer,
    method: 'POST',
    path: '/published-events/ids',
    request: idsRequest,
    response: idsAnswer,
    example: { request: { types: exampleTypes, ...span }, response: { ids: [id] } },
    timeoutMs: DIGEST_TIMEOUT_MS,
  });

const resendRequest = z.strictObject({ ids: z.array(uuid).min(1).max(MAX_RESENT) });
const resendAnswer = z.object({ resent: z.number().int() });

/** A consumer has events published again, under their own ids; unknown ids are left out. */
export const resendPublished = (
  producer: string = app,
): CallContract<z.infer<typeof resendRequest>, z.infer<typeof resendAnswer>> =>
  defineCall({
    app: producer,
    method: 'POST',
    path: '/published-events/resend',
    request: resendRequest,
    response: resendAnswer,
    example: { request: { ids: [id] }, response: { resent: 1 } },
    timeoutMs: TIMEOUT_MS,
  });
