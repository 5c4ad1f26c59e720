import { derivedId, newId } from '../kernel/ids';
import { ANONYMOUS, type Caller } from './caller';

interface Creation {
  body: Readonly<Record<string, unknown>> & { id?: string | undefined };
  caller: Caller;
  idempotencyKey: string | null;
  target: string;
}

/**
 * The id of the row a POST makes: the client's own, else one that the same caller, path and
 * `Idempotency-Key` always give, so that a repeat meets the row of the first try; else a new one.
 * Strangers all have the same id: what they send tells them apart. The route leaves secrets out of
 * it, since ids are seen by others.
 */
export function createdId({ body, caller, idempotencyKey, target }: Creation): string {
  if (body.id !== undefined) return body.id;
  if (idempotencyKey === null) return newId();
  const content = caller === ANONYMOUS ? [JSON.stringify(body)] : [];
  return derivedId(caller.id, target, idempotencyKey, ...content);
}
