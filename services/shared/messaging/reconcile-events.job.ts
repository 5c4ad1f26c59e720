import type { Metrics } from '../observability/metrics';
import type { Job } from '../work/jobs';
import { reconcileEvents, type EventDesk } from './reconcile-events';
import { EVENTS, eventReconciliation } from './reconciliation-state';

const EVERY_MS = 20_000;
const MS_PER_SECOND = 1_000;

/** Creates the job that looks for events that were published and never arrived. */
export function reconcileEventsJob(desk: EventDesk, metrics: Metrics): Job {
  const name = EVENTS;
  return {
    name: 'reconcile-events',
    everyMs: EVERY_MS,
    async run() {
      try {
        await reconcileEvents(desk);
      } finally {
        const state = await eventReconciliation(desk.database, desk.consumer);
        metrics.reconciliationMissing.set({ name }, state.missing);
        metrics.reconciliationFound.set({ name }, state.found);
        const at = state.lastSuccessAt === null ? 0 : Date.parse(state.lastSuccessAt);
        metrics.reconciliationLastSuccess.set({ name }, at / MS_PER_SECOND);
      }
    },
  };
}
