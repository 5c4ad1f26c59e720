import { isDeepStrictEqual } from 'node:util';
import { query, type Database, type Tx } from '../../../shared/db/data-source';
import { Problem } from '../../../shared/kernel/errors';
import { derivedId, newId } from '../../../shared/kernel/ids';
import type { DecisionRequest } from '../domain/decision';

const UNPROCESSABLE = 422;

const FIND = 'SELECT request, answer FROM decisions WHERE id = $1';

const RECORD = `
INSERT INTO decisions (id, actor_id, target, request, answer) VALUES ($1, $2, $3, $4, $5)`;

/**
 * Returns the stored answer to an earlier request with the same idempotency key, or null. Throws
 * 422 `idempotency-key-reused` when the earlier request had other content.
 */
export async function answerBefore<View>(
  tx: Tx | Database,
  request: DecisionRequest,
): Promise<View | null> {
  const id = idOf(request);
  if (id === null) return null;
  const [before] = await query<{ request: object; answer: View }>(tx, FIND, [id]);
  if (!before) return null;
  if (!isDeepStrictEqual(before.request, request.content)) {
    const title = 'Take a new Idempotency-Key';
    const detail = 'The key was used with another request';
    throw new Problem(UNPROCESSABLE, 'idempotency-key-reused', title, { detail });
  }
  return before.answer;
}

/**
 * Decides, or returns the stored answer to a repeat. The answer is stored in the transaction of the
 * decision; the caller holds a lock that serialises repeats. Throws 422 `idempotency-key-reused`.
 */
export async function decideOnce<View extends object>(
  tx: Tx,
  request: DecisionRequest,
  decide: () => Promise<View>,
): Promise<View> {
  const before = await answerBefore<View>(tx, request);
  if (before) return before;
  const answer = await decide();
  const { actorId, target, content } = request;
  const id = idOf(request) ?? newId();
  await query(tx, RECORD, [id, actorId, target, content, answer]);
  return answer;
}

function idOf({ actorId, target, idempotencyKey }: DecisionRequest): string | null {
  return idempotencyKey === null ? null : derivedId(actorId, target, idempotencyKey);
}
