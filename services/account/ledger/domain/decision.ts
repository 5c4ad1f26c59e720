/** Request for a decision, made once per idempotency key. */
export interface DecisionRequest {
  actorId: string;
  /** `METHOD /real/path`. */
  target: string;
  /** `null`: the request is never treated as a repeat. The gateway always forwards a key. */
  idempotencyKey: string | null;
  /** Content of the request besides its target, as JSON. */
  content: object;
}

/** Returns a route's request as a decision; `content` is its body. */
export function decisionRequest(
  asked: { caller: { id: string }; target: string; idempotencyKey: string | null },
  content: object,
): DecisionRequest {
  const { caller, target, idempotencyKey } = asked;
  return { actorId: caller.id, target, idempotencyKey, content };
}
