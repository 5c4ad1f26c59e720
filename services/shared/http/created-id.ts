import { derivedId, newId } from '../kernel/ids';
import type { Caller } from './caller';

interface Creation {
  body: { id?: string | undefined };
  caller: Caller;
  idempotencyKey: string | null;
  target: string;
}

/**
 * The id of the row a POST makes: the client's own, else one that the same caller, path and
 * `Idempotency-Key` always give, so that a repeat meets the row of the first try; else a new one.
 */
export function createdId({ body, caller, idempotencyKey, target }: Creation): string {
  if (body.id !== undefined) return body.id;
  return idempotencyKey === null ? newId() : derivedId(caller.id, target, idempotencyKey);
}
