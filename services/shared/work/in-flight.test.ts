import { inFlight } from './in-flight';

/** Returns 0, 1, 2 …, then null. */
function numbers(count: number): () => Promise<number | null> {
  let given = 0;
  return () => Promise.resolve(given < count ? given++ : null);
}

describe('inFlight', () => {
  it('works on every item once and never on more than its width at a time', async () => {
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await inFlight(8, numbers(100), async (item) => {
      most = Math.max(most, ++running);
      await new Promise(setImmediate);
      running--;
      done.push(item);
    });
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(most).toBe(8);
  });

  it('lets the other lanes finish before it throws', async () => {
    const done: number[] = [];
    const work = async (item: number): Promise<void> => {
      if (item === 0) throw new Error('the first one fails');
      await new Promise(setImmediate);
      done.push(item);
    };
    await expect(inFlight(2, numbers(10), work)).rejects.toThrow('the first one fails');
    expect(done).toHaveLength(9);
  });

  it('one lane alone goes on after an item that failed, and names all that did', async () => {
    const done: number[] = [];
    const work = (item: number): Promise<void> => {
      done.push(item);
      return item < 2 ? Promise.reject(new Error(`no ${item}`)) : Promise.resolve();
    };
    const error = await inFlight(1, numbers(4), work).catch((thrown) => thrown);
    expect(done).toEqual([0, 1, 2, 3]);
    expect((error as AggregateError).errors).toMatchObject([
      { message: 'no 0' },
      { message: 'no 1' },
    ]);
  });
});
