import { BatchSink, BatchSource, inFlight } from './in-flight';

function sourceOf(count: number, batch: number): BatchSource<number> {
  let given = 0;
  return new BatchSource(() => {
    const size = Math.min(batch, count - given);
    const items = Array.from({ length: size }, (_, index) => given + index);
    given += size;
    return Promise.resolve(items);
  });
}

describe('inFlight', () => {
  it('works on every item once and never on more than its width at a time', async () => {
    const source = sourceOf(100, 7);
    const done: number[] = [];
    let running = 0;
    let most = 0;
    await inFlight(
      8,
      () => source.next(),
      async (item) => {
        most = Math.max(most, ++running);
        await new Promise(setImmediate);
        running--;
        done.push(item);
      },
    );
    expect(done.sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(most).toBe(8);
  });

  it('lets the other lanes finish before it throws', async () => {
    const source = sourceOf(10, 10);
    const done: number[] = [];
    const work = async (item: number): Promise<void> => {
      if (item === 0) throw new Error('the first one fails');
      await new Promise(setImmediate);
      done.push(item);
    };
    await expect(inFlight(2, () => source.next(), work)).rejects.toThrow('the first one fails');
    expect(done).toHaveLength(9);
  });

  it('one lane alone goes on after an item that failed, and names all that did', async () => {
    const source = sourceOf(4, 4);
    const done: number[] = [];
    const work = (item: number): Promise<void> => {
      done.push(item);
      return item < 2 ? Promise.reject(new Error(`no ${item}`)) : Promise.resolve();
    };
    const error = await inFlight(1, () => source.next(), work).catch((thrown) => thrown);
    expect(done).toEqual([0, 1, 2, 3]);
    expect((error as AggregateError).errors).toMatchObject([
      { message: 'no 0' },
      { message: 'no 1' },
    ]);
  });
});

describe('BatchSink', () => {
  it('gathers what comes while it writes', async () => {
    const batches: (readonly number[])[] = [];
    const sink = new BatchSink<number>(async (items) => {
      batches.push(items);
      await new Promise(setImmediate);
    }, 3);
    for (const item of [1, 2, 3, 4, 5]) sink.add(item);
    await sink.settled();
    expect(batches).toEqual([[1], [2, 3, 4], [5]]);
  });

  it('writes the other batches when one fails, and says so at the end', async () => {
    const written: number[] = [];
    const sink = new BatchSink<number>(async (items) => {
      if (items.includes(1)) throw new Error('no disk');
      written.push(...items);
    }, 1);
    for (const item of [1, 2, 3]) sink.add(item);
    await expect(sink.settled()).rejects.toThrow('no disk');
    expect(written).toEqual([2, 3]);
  });
});
