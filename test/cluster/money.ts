import { runCronJob } from '../../tools/kubernetes/run-cron-job';

/** Longer than the redelivery of an event whose sidecar was killed (90 s). */
const REST_MS = 240_000;

/**
 * Runs the CronJob check-money until nothing is under way. Throws with its report when an invariant
 * is broken, or when work is still under way after 240 s.
 */
export async function moneyIsInOrder(): Promise<string> {
  const startedAt = Date.now();
  for (;;) {
    const { hasSucceeded, output: report } = await runCronJob('check-money');
    const seconds = Math.round((Date.now() - startedAt) / 1_000);
    if (hasSucceeded)
      return `${report.trim().split('\n').length} invariants hold, after ${seconds} s`;
    const isUnderWay = report.startsWith('not settled') && Date.now() - startedAt < REST_MS;
    if (!isUnderWay) throw new Error(report);
  }
}
