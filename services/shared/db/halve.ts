import { isConnectionError, isSerializationError } from './errors';

/** How to write a batch, and what to do with items that can't be written. */
export interface Halved<Item> {
  /** Writes the items in one transaction: all of them or none. */
  write(items: readonly Item[]): Promise<void>;
  /**
   * Puts failed items aside: a single culprit, or a whole batch when the database was away or busy.
   * Must not throw, or the other half is not written.
   */
  giveUp(items: readonly Item[], error: unknown): Promise<void>;
}

/**
 * Writes a batch. When its content is refused, writes each half by itself, down to the culprit
 * (bisection), so that a bad item stops no others. A batch that failed because the database was
 * away or busy is not halved: a retry may succeed.
 */
export async function writeHalving<Item>(
  items: readonly Item[],
  halved: Halved<Item>,
): Promise<void> {
  try {
    await halved.write(items);
  } catch (error) {
    if (items.length <= 1 || isConnectionError(error) || isSerializationError(error)) {
      await halved.giveUp(items, error);
      return;
    }
    const middle = Math.ceil(items.length / 2);
    await writeHalving(items.slice(0, middle), halved);
    await writeHalving(items.slice(middle), halved);
  }
}
