import { everyStep } from './every-step';

const failing = (message: string) => (): Promise<void> => Promise.reject(new Error(message));

describe('everyStep', () => {
  it('takes all steps, in order, also after one that failed', async () => {
    const taken: number[] = [];
    const step = (number: number) => (): Promise<void> => {
      taken.push(number);
      return number === 2 ? Promise.reject(new Error('no')) : Promise.resolve();
    };
    await expect(everyStep([step(1), step(2), step(3)])).rejects.toThrow('no');
    expect(taken).toEqual([1, 2, 3]);
  });

  it('names every step that failed', async () => {
    const error = await everyStep([failing('one'), failing('two')]).catch((thrown) => thrown);
    expect((error as AggregateError).errors).toMatchObject([
      { message: 'one' },
      { message: 'two' },
    ]);
  });

  it('has nothing to say when all went well', async () => {
    await everyStep([() => Promise.resolve(), () => Promise.resolve()]);
  });
});
