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
