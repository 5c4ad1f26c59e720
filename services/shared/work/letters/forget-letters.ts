import type { Database } from '../../db/data-source';
import { BATCH, deleteInBatches } from '../../db/delete-in-batches';

/** Long enough to answer a person who says that a letter did not arrive. */
const SENT_KEPT = '30 days';
/** Time for an operator to have given-up letters sent, or to inform the person in another way. */
const GIVEN_UP_KEPT = '180 days';

/** `next_try_at` of a letter that is not due is the time when it was sent or given up. */
const forget = (state: 'sent' | 'failed', kept: string): string => `
DELETE FROM due_letters WHERE id IN (
  SELECT id FROM due_letters
  WHERE state = '${state}' AND next_try_at <= $1::timestamptz - interval '${kept}'
  ORDER BY next_try_at LIMIT ${BATCH})
RETURNING id`;

export const FORGET_SENT = forget('sent', SENT_KEPT);
const FORGET_GIVEN_UP = forget('failed', GIVEN_UP_KEPT);

/** Deletes letters sent 30 days ago, and letters given up 180 days ago. */
export async function forgetLetters(database: Database, now: Date): Promise<void> {
  await deleteInBatches(database, FORGET_SENT, [now]);
  await deleteInBatches(database, FORGET_GIVEN_UP, [now]);
}
