import { throwAll } from '../kernel/every-step';

/**
 * Works on up to `width` items at once: each lane takes the next item when it is done with its
 * last, also when that failed. `next` answers null when there are no more; where it fails, its
 * lane ends. All lanes come to rest before this ends; then what went wrong is thrown, several
 * errors as an `AggregateError`.
 */
export async function inFlight<Item>(
  width: number,
  next: () => Promise<Item | null>,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const errors = new Set<unknown>();
  const note = (error: unknown): void => void errors.add(error);
  const lane = async (): Promise<void> => {
    for (let item = await next(); item !== null; item = await next()) {
      await work(item).catch(note);
    }
  };
  await Promise.all(Array.from({ length: width }, () => lane().catch(note)));
  throwAll([...errors]);
}

/** Hands out items one by one and fetches them a batch at a time, until a batch is empty. */
export class BatchSource<Item> {
  private items: Item[] = [];
  private fetching: Promise<void> | null = null;
  private isExhausted = false;

  constructor(private readonly fetch: () => Promise<Item[]>) {}

  /** The next item, or null when there are no more. Throws what fetching throws. */
  async next(): Promise<Item | null> {
    while (this.items.length === 0 && !this.isExhausted) {
      this.fetching ??= this.refill().finally(() => (this.fetching = null));
      await this.fetching;
    }
    return this.items.shift() ?? null;
  }

  private async refill(): Promise<void> {
    this.items = await this.fetch();
    this.isExhausted = this.items.length === 0;
  }
}

/**
 * Gathers items while the last batch is being written, so that few large writes keep up with
 * many small results. Nobody waits for a write until `settled`.
 */
export class BatchSink<Item> {
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
