import { Gauge, type Registry } from 'prom-client';
import type { Job } from '../../shared/work/jobs';
import type { PaymentContext } from '../context';
import { countUnsettled, type Unsettled } from '../queries/count-unsettled';

const EVERY_MS = 10_000;

const GAUGES: Readonly<Record<keyof Unsettled, [name: string, help: string]>> = {
  inProgress: [
    'bank_transfers_in_progress',
    'Bank transfers whose outcome is not certain yet, except those that wait for an operator',
  ],
  flagged: ['bank_transfers_flagged', 'Those of them that the bank answered nonsense about'],
  waiting: [
    'bank_transfers_waiting_for_operator',
    'Bank transfers in payment files, or meant for one, without an outcome yet',
  ],
  waitingSeconds: [
    'bank_transfers_waiting_seconds',
    'Age of the oldest bank transfer that waits for an operator',
  ],
  flaggedReturns: [
    'bank_returns_flagged',
    'Returns that contradict our transfers, and unreadable statements of returns',
  ],
};

/** Sets the gauges for alerts on a silent bank, on nonsense, and on files that wait. */
export function measureTransfersJob(context: PaymentContext, registry: Registry): Job {
  const registers = [registry];
  const gauges = Object.entries(GAUGES).map(
    ([count, [name, help]]) =>
      [count as keyof Unsettled, new Gauge({ registers, name, help })] as const,
  );
  return {
    name: 'measure-transfers',
    everyMs: EVERY_MS,
    async run() {
      const { database, now } = context;
      const counts = await countUnsettled(database, await now(database));
      for (const [count, gauge] of gauges) gauge.set(counts[count]);
    },
  };
}
