import { Gauge } from 'prom-client';
import type { Metrics } from '../../../shared/observability/metrics';
import type { Job } from '../../../shared/work/jobs';
import type { AccountContext } from '../../context';
import { measurePayouts, measuredStates } from '../queries/payout-measures';

const EVERY_MS = 30_000;

/** Measures payouts and business days for the gauges. */
export function measurePayoutsJob({ database }: AccountContext, { registry }: Metrics): Job {
  const payouts = new Gauge({
    name: 'payouts',
    help: 'Payouts by state; planned ones of accounts on hold are held',
    labelNames: ['state'],
    registers: [registry],
  });
  const closedAt = new Gauge({
    name: 'business_day_closed_at',
    help: 'Cut-off of the last closed business day, seconds since 1970',
    registers: [registry],
  });
  const dueAt = new Gauge({
    name: 'business_day_due_at',
    help: 'Cut-off of the earliest open business day, seconds since 1970',
    registers: [registry],
  });
  return {
    name: 'measure-payouts',
    everyMs: EVERY_MS,
    async run() {
      const measured = await measurePayouts(database);
      for (const state of measuredStates) payouts.set({ state }, measured.counts.get(state) ?? 0);
      closedAt.set(measured.lastCutOffSeconds);
      dueAt.set(measured.nextCutOffSeconds);
    },
  };
}
