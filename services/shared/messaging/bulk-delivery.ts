import type { Subscription } from './subscription';

/** Status returned to the sidecar for each entry; never DROP: rejected events are dead letters. */
export type EntryStatus = 'SUCCESS' | 'RETRY';

/** Answer to one entry of a bulk delivery. */
export interface EntryAnswer {
  entryId: string;
  status: EntryStatus;
}

/** Entry of a bulk delivery, as the sidecar sends it. */
export interface BulkEntry {
  entryId: string;
  event: unknown;
}

/** Handles what the sidecar delivers; answers each entry and never throws. */
export interface Deliver {
  deliver(
    subscription: Subscription,
    entries: readonly BulkEntry[],
  ): EntryAnswer[] | Promise<EntryAnswer[]>;
  /** Handles deliveries from a dead-letter topic. */
  keepDeadLetters(entries: readonly BulkEntry[]): EntryAnswer[] | Promise<EntryAnswer[]>;
}
