import { Registry } from 'prom-client';
import type { Books } from '../queries/books';
import { checkInvariantsJob } from './check-invariants.job';

const books = {} as Books;

describe('the check of the books', () => {
  it('one query fails: it is not taken for holding, and the others are checked all the same', async () => {
    const registry = new Registry();
    const answers = [(): Promise<bigint> => Promise.resolve(0n)];
    const slow = {
      name: 'slow',
      count: () => answers.shift()?.() ?? Promise.reject(new Error('too slow')),
    };
    const broken = { name: 'broken', count: () => Promise.resolve(2n) };
    const job = checkInvariantsJob(books, [slow, broken], registry);
    await job.run();
    expect(await registry.metrics()).toContain('money_invariant_violations{name="slow"} 0');
    await expect(job.run()).rejects.toThrow('could not be checked');
    const metrics = await registry.metrics();
    expect(metrics).toContain('money_invariant_violations{name="slow"} Nan');
    expect(metrics).toContain('money_invariant_violations{name="broken"} 2');
  });
});
