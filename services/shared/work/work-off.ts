import { everyStep, throwAll } from '../kernel/every-step';
import { inFlight } from './in-flight';

/** After this many calls in a row without an answer, the rest waits for the next run. */
const UNANSWERED_IN_A_ROW = 8;
/** Results that one `record` takes at most. */
const RECORD_BATCH = 128;

/** Rows that must be worked off once by somebody, in three steps: claimed, called for, recorded. */
export interface ClaimedWork<Item, Result = void> {
  /** Calls under way at a time. */
  inFlight: number;
  /**
   * Claims a batch under a lease and commits, so that nobody else has its items until the lease
   * ends; see `lease.ts` for how many. An empty batch ends the run.
   */
  claim(): Promise<readonly Item[]>;
  /** Batches claimed at most; the rest waits for the next run. Without it, until one is empty. */
  maxBatches?: number;
  /** True when the item's lease ended before its turn: whoever claims it now calls. */
  isLeaseOver?(item: Item): boolean;
  /**
   * Makes the call, outside any transaction. Where it throws, nothing is recorded of the item and
   * its lease runs out.
   */
  call(item: Item): Promise<Result>;
  /** True for the result of a call that nobody answered. A call that threw counts as one. */
  isUnanswered?(result: Result): boolean;
  /** Records what calls came to, many at once. Left out where each call records by itself. */
  record?(results: readonly Result[]): Promise<void>;
  /** True when the process is to end: nothing more is claimed or called, all else is recorded. */
  isStopping?(): boolean;
}

/**
 * Works off claimed rows. No transaction is open during a call, and results are recorded while
 * other calls are under way. A crash after the call leaves the row to whoever claims it when the
 * lease is over: a call must bear repetition. Throws what went wrong at the end, several errors as
 * `AggregateError`; no error keeps other items from their turn.
 */
export async function workOff<Item, Result>(work: ClaimedWork<Item, Result>): Promise<void> {
  const source = new BatchSource(() => work.claim(), work.maxBatches);
  const sink = new BatchSink<Result>(async (results) => work.record?.(results), RECORD_BATCH);
  let unanswered = 0;
  const isOver = (): boolean => work.isStopping?.() === true || unanswered >= UNANSWERED_IN_A_ROW;
  const next = async (): Promise<Item | null> => (isOver() ? null : source.next());
  const callFor = async (item: Item): Promise<void> => {
    if (work.isLeaseOver?.(item) === true) return;
    const result = await work.call(item).catch((error: unknown) => {
      unanswered += 1;
      throw error;
    });
    unanswered = work.isUnanswered?.(result) === true ? unanswered + 1 : 0;
    sink.add(result);
  };
  await everyStep([() => inFlight(work.inFlight, next, callFor), () => sink.settled()]);
}

/** Hands out items one by one and fetches them a batch at a time, until a batch is empty. */
class BatchSource<Item> {
  private items: Item[] = [];
  private fetching: Promise<void> | null = null;
  private isExhausted = false;

  constructor(
    private readonly fetch: () => Promise<readonly Item[]>,
    private batchesLeft = Infinity,
  ) {}

  /** The next item, or null when there are no more. Throws what fetching throws. */
  async next(): Promise<Item | null> {
    while (this.items.length === 0 && !this.isExhausted) {
      this.fetching ??= this.refill().finally(() => (this.fetching = null));
      await this.fetching;
    }
    return this.items.shift() ?? null;
  }

  private async refill(): Promise<void> {
    this.batchesLeft -= 1;
    this.items = this.batchesLeft < 0 ? [] : [...(await this.fetch())];
    this.isExhausted = this.items.length === 0;
  }
}

/**
 * Gathers items while the last batch is being written, so that few large writes keep up with
 * many small results. Nobody waits for a write until `settled`.
 */
class BatchSink<Item> {
  private waiting: Item[] = [];
  private writing: Promise<void> | null = null;
  private readonly errors: unknown[] = [];

  constructor(
    private readonly write: (items: readonly Item[]) => Promise<void>,
    private readonly limit: number,
  ) {}

  /** Takes an item to be written soon. */
  add(item: Item): void {
    this.waiting.push(item);
    this.writing ??= this.drain();
  }

  /** Waits until all is written. Throws what went wrong; the other writes went on. */
  async settled(): Promise<void> {
    await this.writing;
    throwAll(this.errors);
  }

  private async drain(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting.splice(0, this.limit);
      try {
        await this.write(batch);
      } catch (error) {
        this.errors.push(error);
      }
    }
    // In the same breath as the last look, so that no item comes in between.
    this.writing = null;
  }
}
