/** Order to move money, in the form that a rail receives. */
export interface Order {
  /** Identifies the transfer at the bank, for ever. */
  reference: string;
  amountCents: bigint;
  /** ISO 4217 code. */
  currency: string;
  bankAccount: string;
  /** `YYYY-MM-DD`; null when the caller does not say. */
  businessDay: string | null;
  /** Name of the holder of the bank account; null when unknown. */
  creditorName: string | null;
}

/**
 * Certain or uncertain outcome of an order. `executed` and `rejected` are final for the reference;
 * `waiting` means accepted, and that an operator tells the outcome: the rail is not asked again.
 * `unclear` is none of them, for the reason `why`; `isNonsense` marks an answer that contradicts
 * the order or the protocol: a retry may not help, so a person must look.
 */
export type Outcome =
  | { kind: 'executed'; bankReference: string }
  | { kind: 'rejected'; bankReference: string | null; reason: string }
  | { kind: 'waiting'; for: 'operator' }
  | { kind: 'unclear'; why: string; isNonsense: boolean };

/** The bank has certainly never received the reference. */
export interface NeverArrived {
  kind: 'never-arrived';
}

/** Line of the bank's statement of returns: money of an executed transfer that came back. */
export interface ReturnLine {
  /** Place in the statement; positions grow, and a line never changes. */
  position: bigint;
  reference: string;
  bankReference: string;
  amountCents: bigint;
  currency: string;
  bankAccount: string;
  reason: string;
  returnedAt: Date;
}

/** Answer to a question for returns. */
export type Returns = { kind: 'returns'; lines: ReturnLine[] } | Extract<Outcome, { why: string }>;

/**
 * One method of moving money out. A new rail implements this interface and gets a line in
 * `rails.ts`; its callers stay unchanged. Faults of the bank or the network are returned as
 * `unclear`, not thrown.
 */
export interface Rail {
  /** Returns the outcome of an order that may have been sent before. */
  ask(order: Order, signal: AbortSignal): Promise<Outcome | NeverArrived>;
  /** Sends the order. */
  send(order: Order, signal: AbortSignal): Promise<Outcome>;
  /** Returns the lines after a position, oldest first; a rail without it reports no returns. */
  returns?(after: bigint, signal: AbortSignal): Promise<Returns>;
  /** Closes the connections after the pending requests are answered. */
  close(): Promise<void>;
}

/** Returns the outcome for a transient failure: worth a retry. */
export function trouble(why: string): Extract<Outcome, { why: string }> {
  return { kind: 'unclear', why, isNonsense: false };
}

/** Returns the outcome for an answer that a person must look at. */
export function nonsense(why: string): Extract<Outcome, { why: string }> {
  return { kind: 'unclear', why, isNonsense: true };
}
