import { Gauge, type Registry } from 'prom-client';
import type { Job } from '../../shared/runtime/jobs';
import type { Books } from '../queries/books';
import type { MoneyInvariant } from '../queries/invariants';

const EVERY_MS = 60_000;

/** Checks the books against what must be true of them; the metric is 0 while all holds. */
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
      for (const { name, count } of invariants) {
        violations.set({ name }, Number(await count(books)));
      }
    },
  };
}
