import { Gauge, type Registry } from 'prom-client';
import type { Database } from '../../shared/db/data-source';
import type { Job } from '../../shared/work/jobs';
import { countUnsettled } from '../queries/count-unsettled';

const EVERY_MS = 10_000;

/** Sets the gauges for alerts on a bank that is silent or answers nonsense. */
export function measureTransfersJob(database: Database, registry: Registry): Job {
  const registers = [registry];
  const inProgress = new Gauge({
    registers,
    name: 'bank_transfers_in_progress',
    help: 'Bank transfers whose outcome is not certain yet',
  });
  const flagged = new Gauge({
    registers,
    name: 'bank_transfers_flagged',
    help: 'Those of them that the bank answered nonsense about',
  });
  return {
    name: 'measure-transfers',
    everyMs: EVERY_MS,
    async run() {
      const counts = await countUnsettled(database);
      inProgress.set(counts.inProgress);
      flagged.set(counts.flagged);
    },
  };
}
