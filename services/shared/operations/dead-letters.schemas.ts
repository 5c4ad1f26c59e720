import { z } from 'zod';
import { moment, storableText, uuid, visibleText } from '../contracts/fields';
import { pageOf, pageQuery } from '../contracts/paging';
import { deadLetterStates } from '../messaging/dead-letter-queries';
import { serviceParams } from './own-service';

const MAX_TYPE = 100;
const MAX_REASON = 500;

export const deadLettersQuery = z.strictObject({
  ...pageQuery,
  state: z.enum(deadLetterStates).optional(),
  type: storableText(MAX_TYPE).optional(),
  from: moment.optional(),
  to: moment.optional(),
});

export const letterParams = serviceParams.extend({ id: uuid });

const fields = {
  id: uuid,
  topic: z.string(),
  type: z.string().nullable(),
  eventId: uuid.nullable(),
  error: z.string(),
  firstSeenAt: moment,
  lastSeenAt: moment,
  timesSeen: z.number().int(),
  state: z.enum(deadLetterStates),
  resolvedBy: uuid.nullable(),
  resolvedAt: moment.nullable(),
  resolvedReason: z.string().nullable(),
  replayable: z.union([z.literal(true), z.object({ not: z.enum(['unreadable', 'unknown-type']) })]),
};

/** Dead letter in a list, without its payload. */
export const deadLetterView = z.object(fields).meta({ id: 'DeadLetter' });
export const deadLettersPage = pageOf(deadLetterView);

/** Dead letter with its payload. */
export const wholeDeadLetterView = z
  .object({
    ...fields,
    payload: z.string().meta({ description: 'The whole event as received: its JSON, unchanged' }),
  })
  .meta({ id: 'WholeDeadLetter' });

export const replayedView = z
  .object({ outcome: z.enum(['done', 'refused', 'retry-later']), deadLetter: deadLetterView })
  .meta({ id: 'ReplayedDeadLetter' });

export const replayAllBody = z.strictObject({ type: visibleText(MAX_TYPE) });

const count = z.number().int();
export const replayedAllView = z
  .object({ done: count, refused: count, retryLater: count, left: count })
  .meta({ id: 'ReplayedDeadLetters' });

export const discardBody = z.strictObject({ reason: visibleText(MAX_REASON) });

/** Cursor: the last dead letter of the previous page. */
export const deadLetterPlace = z.strictObject({ id: uuid });
