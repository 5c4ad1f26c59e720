import { query } from '../../shared/db/data-source';
import { agreedNow } from '../../shared/db/database-clock';
import type { UserContext } from '../context';
import { noteChangeHappened, type BeakShapeChange } from '../steps/note-beak-shape-change';

/** Longer than any request to replace a beak shape takes. */
const UNCLEAR_AFTER = '1 minute';
const BATCH = 100;

const FIND = `
SELECT id, user_id AS "userId", actor_id AS "actorId" FROM beak_shape_changes
WHERE state = 'asked' AND asked_at <= $1::timestamptz - interval '${UNCLEAR_AFTER}'
ORDER BY asked_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED`;

/**
 * Records letters and audit rows of beak shape changes without an answer from Auth: they may have
 * happened. Returns the changes.
 */
export async function tellUnclearChanges(
  context: UserContext,
): Promise<readonly BeakShapeChange[]> {
  return context.database.transaction(async (tx) => {
    const now = await agreedNow(context, tx);
    const changes = await query<BeakShapeChange>(tx, FIND, [now]);
    for (const change of changes) await noteChangeHappened(tx, change, 'unclear', now);
    return changes;
  });
}
