import { workOff, type ClaimedWork } from './work-off';

const turn = (): Promise<void> => new Promise(setImmediate);

/** Claims 0, 1, 2 … in batches. */
function claimNumbers(count: number, batch: number): () => Promise<number[]> {
  let given = 0;
  return () => {
    const size = Math.min(batch, count - given);
    const items = Array.from({ length: size }, (_, index) => given + index);
    given += size;
    return Promise.resolve(items);
  };
}

let called: number[];
let recorded: number[][];

beforeEach(() => {
  [called, recorded] = [[], []];
});

/** Work of two lanes on five numbers; the result of each call is its number. */
const numbers: () => ClaimedWork<number, number> = () => ({
  inFlight: 2,
  claim: claimNumbers(5, 2),
  async call(item) {
    called.push(item);
    await turn();
    return item;
  },
  record(results) {
    recorded.push([...results]);
    return Promise.resolve();
  },
});

const errorsOf = (work: ClaimedWork<number, number>): Promise<string[]> =>
  workOff(work).then(
    () => [],
    (error: Error) =>
      (error instanceof AggregateError ? (error.errors as Error[]) : [error]).map(
        ({ message }) => message,
      ),
  );

describe('work that is claimed', () => {
  it('is called for and recorded once each, batch after batch', async () => {
    await workOff(numbers());
    expect(called).toEqual([0, 1, 2, 3, 4]);
    expect(recorded.flat().sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('at most so many batches: the rest is left to the next run', async () => {
    await workOff({ ...numbers(), maxBatches: 2 });
    expect(called).toEqual([0, 1, 2, 3]);
  });

  it('is recorded many at once while a record is being written', async () => {
    let open = (): void => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const work = numbers();
    await workOff({
      ...work,
      async call(item) {
        const result = await work.call(item);
        if (item === 4) open();
        return result;
      },
      async record(results) {
        await work.record!(results);
        await opened;
        await turn();
      },
    });
    expect(recorded).toEqual([[0], [1, 2, 3, 4]]);
  });

  it('goes on after a call that failed, and after a record that failed', async () => {
    const work = numbers();
    const errors = await errorsOf({
      ...work,
      call: (item) => (item === 1 ? Promise.reject(new Error('no call')) : work.call(item)),
      async record(results) {
        await work.record!(results);
        if (results.includes(0)) throw new Error('no record');
      },
    });
    expect(errors).toEqual(['no call', 'no record']);
    expect(recorded.flat().sort()).toEqual([0, 2, 3, 4]);
  });

  it('whose lease ended before its turn is not called for', async () => {
    await workOff({ ...numbers(), isLeaseOver: (item) => item === 2 });
    expect(called).toEqual([0, 1, 3, 4]);
    expect(recorded.flat().sort()).toEqual([0, 1, 3, 4]);
  });

  it('when the process is to end: calls under way are recorded, no others are made', async () => {
    await workOff({ ...numbers(), isStopping: () => called.length >= 2 });
    expect(called).toEqual([0, 1]);
    expect(recorded.flat().sort()).toEqual([0, 1]);
  });

  it.each([
    ['unanswered', (item: number) => Promise.resolve(item), () => true, 0],
    ['failing', () => Promise.reject(new Error('away')), () => false, 8],
  ])('%s eight times in a row: the rest waits for the next run', async (_, call, is, errors) => {
    let count = 0;
    const found = await errorsOf({
      ...numbers(),
      inFlight: 1,
      claim: claimNumbers(100, 50),
      isUnanswered: is,
      call(item) {
        count += 1;
        return call(item);
      },
    });
    expect(count).toBe(8);
    expect(found).toHaveLength(errors);
  });

  it('an answer in between: goes on', async () => {
    await workOff({
      ...numbers(),
      inFlight: 1,
      claim: claimNumbers(100, 50),
      isUnanswered: (item) => item % 8 !== 7,
    });
    expect(called).toHaveLength(100);
  });
});
