/** A letter as a channel gets it: written, addressed and named. */
export interface OutgoingLetter {
  /** Names the letter for ever: a repeat is recognised by it. */
  key: string;
  to: { name: string; address: string };
  /** Language of the text, for the programs that read it aloud. */
  locale: string;
  subject: string;
  text: string;
  html: string;
}

/**
 * One way to reach people. SMS and push are further ones to come: adding a channel means
 * implementing this; nothing above it changes.
 */
export interface Channel {
  /**
   * Hands the letter over; when it returns, somebody else is responsible for it. Throws
   * `Problem` 422 when trying again is no use, 503 when it is.
   */
  send(letter: OutgoingLetter): Promise<void>;
  /** Lets go of connections. */
  close(): void;
}
