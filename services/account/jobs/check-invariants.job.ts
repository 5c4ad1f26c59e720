import { Gauge, type Registry } from 'prom-client';
import type { Job } from '../../shared/runtime/jobs';
import type { Books } from '../queries/books';
import type { MoneyInvariant } from '../queries/invariants';

const EVERY_MS = 60_000;

/**
 * Checks the books against what must be true of them. The metric is 0 while all holds, and no
 * number where that could not be told: silence must not look like good news.
 */
export function checkInvariantsJob(
  books: Books,
  invariants: readonly MoneyInvariant[],
  registry: Registry,
): Job {
  const violations = new Gauge({
    name: 'money_invariant_violations',
    help: 'Rows that break what must be true of the money',
    labelNames: ['name'],
    registers: [registry],
  });
  return {
    name: 'check-invariants',
    everyMs: EVERY_MS,
    async run() {
      const errors: unknown[] = [];
      for (const { name, count } of invariants) {
        const found = await count(books).catch((error: unknown) => {
          errors.push(error);
          return Number.NaN;
        });
        violations.set({ name }, Number(found));
      }
      if (errors.length > 0) throw new AggregateError(errors, 'invariants could not be checked');
    },
  };
}
