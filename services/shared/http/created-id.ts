import { derivedId, newId } from '../kernel/ids';
import { ANONYMOUS, type Caller } from './caller';

interface Creation {
  body: Readonly<Record<string, unknown>> & { id?: string | undefined };
  caller: Caller;
  idempotencyKey: string | null;
  target: string;
}

/**
 * Returns the id of the row that a POST creates: the client's own; else one derived from caller,
 * target and `Idempotency-Key`, so that a repeat meets the row of the first try; else a new one.
 * Anonymous callers share one id, so their body is a part of the derived id. The route must keep
 * secrets out of that body: ids are seen by others.
 */
export function createdId({ body, caller, idempotencyKey, target }: Creation): string {
  if (body.id !== undefined) return body.id;
  if (idempotencyKey === null) return newId();
  const content = caller === ANONYMOUS ? [JSON.stringify(body)] : [];
  return derivedId(caller.id, target, idempotencyKey, ...content);
}
