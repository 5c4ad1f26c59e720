/** Letter as a channel gets it: written and addressed. */
export interface OutgoingLetter {
  /** Idempotency key of the letter, which makes a duplicate recognisable. */
  key: string;
  to: { name: string; address: string };
  /** Language of the text, for screen readers. */
  locale: string;
  subject: string;
  text: string;
  html: string;
}

/**
 * A way to reach people. A new channel, such as SMS or push, implements this interface; nothing
 * above it changes.
 */
export interface Channel {
  /**
   * Hands the letter over; after that the receiving server is responsible for it. Throws `Problem`
   * 422 when a retry is no use, 503 when it is.
   */
  send(letter: OutgoingLetter): Promise<void>;
  /** Closes connections. */
  close(): void;
}
