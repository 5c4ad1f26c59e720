import { z } from 'zod';
import { defineEvent } from '../event';
import { permission, uuid } from '../fields';

/**
 * Limits of one event, which stays below 64 kB: `hintsAbout` splits longer lists, and leaves ids
 * out past their limit.
 */
export const MAX_HINTS = 4;
export const MAX_PEOPLE = 200;
export const MAX_IDS = 10;
const MAX_ID = 64;

/** Kinds of things that change. */
export const hintTopic = z.enum([
  'task',
  'entry',
  'payout',
  'day',
  'distribution',
  'user',
  'session',
  'dead-letter',
]);
export type HintTopic = z.infer<typeof hintTopic>;

/** Ids of changed things; missing when there are too many: everything of the topic may differ. */
const ids = z.array(z.string().min(1).max(MAX_ID)).min(1).max(MAX_IDS).optional();

/** Things of one kind that changed, and who may be told. */
const hint = z.object({
  topic: hintTopic,
  /** People whose own things changed, each with those. */
  people: z.array(z.object({ userId: uuid, ids })).max(MAX_PEOPLE),
  /** Holders of this permission may see all of them. */
  watchers: permission.nullable(),
  /** Ids for the watchers. */
  ids,
});
export type Hint = z.infer<typeof hint>;

/** Payload of an event: hints about changes that were committed together. */
export const changes = z.object({ hints: z.array(hint).min(1).max(MAX_HINTS) });

/**
 * Things changed and are committed: whoever shows them may fetch them again. A hint, never the
 * truth: it may be late, repeated or missing.
 */
export const thingsChanged = defineEvent({
  type: 'ThingsChanged.v1',
  topic: 'hints',
  schema: changes,
  example: {
    hints: [
      {
        topic: 'task',
        people: [
          {
            userId: '0192c5a4-0000-7cc3-9d7e-2f4a6b8c0d1e',
            ids: ['0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e'],
          },
        ],
        watchers: 'tasks.view-all',
        ids: ['0192c5a4-7b1e-7cc3-9d7e-2f4a6b8c0d1e'],
      },
    ],
  },
});
