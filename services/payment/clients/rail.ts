/** Money to be moved, as a rail is told of it. */
export interface Order {
  /** Names the transfer at the bank, for ever. */
  reference: string;
  amountCents: bigint;
  /** ISO 4217. */
  currency: string;
  bankAccount: string;
}

/**
 * What a rail can say for certain about an order: it was executed; it was rejected and never will
 * be executed under this reference; or neither, and `why`. Nonsense is an answer that contradicts
 * the order or the protocol: waiting may not heal it, so somebody should look.
 */
export type Outcome =
  | { kind: 'executed'; bankReference: string }
  | { kind: 'rejected'; bankReference: string | null; reason: string }
  | { kind: 'unclear'; why: string; isNonsense: boolean };

/** Said of a reference that the bank has certainly never seen. */
export interface NeverArrived {
  kind: 'never-arrived';
}

/**
 * One way to move money outside. Adding a rail means implementing this; nothing above it changes.
 * Neither method throws for what the bank or the network does: that is `unclear`.
 */
export interface Rail {
  /** What became of an order that may have been sent before. */
  ask(order: Order, signal: AbortSignal): Promise<Outcome | NeverArrived>;
  /** Sends the order. */
  send(order: Order, signal: AbortSignal): Promise<Outcome>;
  /** Lets go of the connections once the requests under way are answered. */
  close(): Promise<void>;
}

/** An outcome that time may heal. */
export function trouble(why: string): Outcome {
  return { kind: 'unclear', why, isNonsense: false };
}

/** An outcome that somebody should look at. */
export function nonsense(why: string): Outcome {
  return { kind: 'unclear', why, isNonsense: true };
}
