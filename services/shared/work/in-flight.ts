import { throwAll } from '../kernel/every-step';

/**
 * Works on up to `width` items concurrently: each lane takes the next item when its last one is
 * done or has failed. `next` returns null after the last item; a lane ends when its `next` throws.
 * Throws after all lanes have ended: one error as it is, several as `AggregateError`.
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
