import { isConnectionError, isSerializationError } from './errors';

/** How a batch is written, and what becomes of what can't be. */
export interface Halved<Item> {
  /** Writes the items in one transaction: all of them or none. */
  write(items: readonly Item[]): Promise<void>;
  /**
   * Puts aside what failed: the one culprit, or a whole batch for which the database had no
   * time. Must not throw, or the other half is not written.
   */
  giveUp(items: readonly Item[], error: unknown): Promise<void>;
}

/**
 * Writes a batch; where one fails for what is in it, each half is written for itself, down to
 * the culprit, so that nobody suffers for their neighbours. A batch that failed because the
 * database was away or busy is not halved: a repeat may succeed.
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
