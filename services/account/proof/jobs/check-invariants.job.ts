import { Gauge, type Registry } from 'prom-client';
import type { Job } from '../../../shared/work/jobs';
import type { AccountContext } from '../../context';
import { proveBooks } from '../commands/prove-books';
import type { MoneyInvariant } from '../queries/checked-range';
import { moneyInvariants } from '../queries/invariants';

const EVERY_MS = 60_000;
const MS_PER_SECOND = 1_000;

/**
 * Checks the invariants of the books. The metric counts violations: 0 while the invariant holds,
 * NaN when the check failed, so that a failed check never looks like a success.
 */
export function checkInvariantsJob(
  context: AccountContext,
  registry: Registry,
  invariants: readonly MoneyInvariant[] = moneyInvariants,
): Job {
  const violations = new Gauge({
    name: 'money_invariant_violations',
    help: 'Rows that break what must be true of the money',
    labelNames: ['name'],
    registers: [registry],
  });
  const provenAt = new Gauge({
    name: 'money_invariant_proven_at',
    help: 'When it was last found to hold for all that is new, seconds since 1970',
    labelNames: ['name'],
    registers: [registry],
  });
  const unproven = new Gauge({
    name: 'business_days_unproven',
    help: 'Closed business days whose money was not proven yet',
    registers: [registry],
  });
  return {
    name: 'check-invariants',
    everyMs: EVERY_MS,
    async run() {
      const findings = await proveBooks(context, invariants).catch((error: unknown) => {
        for (const { name } of invariants) violations.set({ name }, Number.NaN);
        throw error;
      });
      const { faults, unprovenDays, askedAt } = findings;
      unproven.set(unprovenDays);
      for (const [name, found] of faults) {
        violations.set({ name }, found instanceof Error ? Number.NaN : Number(found));
        const isProven = found === 0n && unprovenDays === 0;
        if (isProven) provenAt.set({ name }, askedAt.getTime() / MS_PER_SECOND);
      }
      const errors = [...faults.values()].filter((found) => found instanceof Error);
      if (errors.length > 0) throw new AggregateError(errors, 'invariants could not be checked');
    },
  };
}
