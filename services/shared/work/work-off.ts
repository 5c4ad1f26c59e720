import { everyStep, throwAll } from '../kernel/every-step';
import { inFlight } from './in-flight';

/** After this many unanswered calls in a row, the run ends; the next run goes on. */
const UNANSWERED_IN_A_ROW = 8;
/** Upper bound of results in one `record`. */
const RECORD_BATCH = 128;

/** Rows that must be processed once by one of several processes: claim, call, record. */
export interface ClaimedWork<Item, Result = void> {
  /** Concurrent calls. */
  inFlight: number;
  /**
   * Claims a batch under a lease and commits, so that no other process has its items until the
   * lease ends; `lease.ts` has the batch size. An empty batch ends the run.
   */
  claim(): Promise<readonly Item[]>;
  /** Upper bound of batches in one run; unbounded by default. */
  maxBatches?: number;
  /**
   * Returns true when the item's lease has ended, so that another process may have claimed it: the
   * call is skipped.
   */
  isLeaseOver?(item: Item): boolean;
  /**
   * Makes the call, outside any transaction. When it throws, nothing is recorded for the item and
   * its lease runs out.
   */
  call(item: Item): Promise<Result>;
  /**
   * Returns true for the result of an unanswered call. A call that throws also counts as
   * unanswered.
   */
  isUnanswered?(result: Result): boolean;
  /** Records the results of many calls. Left out when each call records its own result. */
  record?(results: readonly Result[]): Promise<void>;
  /**
   * Returns true when the process is stopping: no further claims or calls, but results are
   * recorded.
   */
  isStopping?(): boolean;
}

/**
 * Processes claimed rows. No transaction is open during a call, and results are recorded while
 * other calls are pending. After a crash the row is claimed again when its lease ends, so calls
 * must be idempotent. Throws at the end: one error as it is, several as `AggregateError`; an error
 * does not prevent the processing of other items.
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

/** Returns items one by one; fetches them in batches until a batch is empty. */
class BatchSource<Item> {
  private items: Item[] = [];
  private fetching: Promise<void> | null = null;
  private isExhausted = false;

  constructor(
    private readonly fetch: () => Promise<readonly Item[]>,
    private batchesLeft = Infinity,
  ) {}

  /** Returns the next item, or null after the last. Throws what fetching throws. */
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
 * Gathers items while the previous batch is written, so that few large writes keep up with many
 * small results. Only `settled` waits for writes.
 */
class BatchSink<Item> {
  private waiting: Item[] = [];
  private writing: Promise<void> | null = null;
  private readonly errors: unknown[] = [];

  constructor(
    private readonly write: (items: readonly Item[]) => Promise<void>,
    private readonly limit: number,
  ) {}

  /** Adds an item to the next write. */
  add(item: Item): void {
    this.waiting.push(item);
    this.writing ??= this.drain();
  }

  /**
   * Waits until all items are written. Throws errors of writes; they did not prevent other writes.
   */
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
    // In the same tick as the last check of the queue, so that no item is added in between.
    this.writing = null;
  }
}
