import { runCronJob } from '../../tools/kubernetes/run-cron-job';

/** An event whose sidecar was killed comes again after a minute and a half. */
const REST_MS = 240_000;

/**
 * Every invariant of the money, asked by the Job as soon as nothing is under way. Throws with its
 * report when one is broken, or when things do not come to rest.
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
