/** Order to move money, in the form that a rail receives. */
export interface Order {
  /** Identifies the transfer at the bank, for ever. */
  reference: string;
  amountCents: bigint;
  /** ISO 4217 code. */
  currency: string;
  bankAccount: string;
}

/**
 * Certain or uncertain outcome of an order. `executed` and `rejected` are final for the reference;
 * `unclear` is neither, for the reason `why`. `isNonsense` marks an answer that contradicts the
 * order or the protocol: a retry may not help, so a person must look.
 */
export type Outcome =
  | { kind: 'executed'; bankReference: string }
  | { kind: 'rejected'; bankReference: string | null; reason: string }
  | { kind: 'unclear'; why: string; isNonsense: boolean };

/** The bank has certainly never received the reference. */
export interface NeverArrived {
  kind: 'never-arrived';
}

/**
 * One method of moving money out. A new rail implements this interface; its callers stay unchanged.
 * Faults of the bank or the network are returned as `unclear`, not thrown.
 */
export interface Rail {
  /** Returns the outcome of an order that may have been sent before. */
  ask(order: Order, signal: AbortSignal): Promise<Outcome | NeverArrived>;
  /** Sends the order. */
  send(order: Order, signal: AbortSignal): Promise<Outcome>;
  /** Closes the connections after the pending requests are answered. */
  close(): Promise<void>;
}

/** Returns the outcome for a transient failure: worth a retry. */
export function trouble(why: string): Outcome {
  return { kind: 'unclear', why, isNonsense: false };
}

/** Returns the outcome for an answer that a person must look at. */
export function nonsense(why: string): Outcome {
  return { kind: 'unclear', why, isNonsense: true };
}
