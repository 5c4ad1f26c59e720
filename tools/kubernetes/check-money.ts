/** `npm run k8s:check-money`: looks whether every cent in the cluster is where it belongs. */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '../../services/shared/runtime/run-program';
import { kubectlHere } from './kubectl';

const POLL_MS = 500;
const TIMEOUT_MS = 180_000;
const NAME_BYTES = 3;

interface Job {
  status: { succeeded?: number; failed?: number };
}

/** Runs the check as a Job and answers its verdict with what it printed. Throws when it hangs. */
export async function checkMoneyInCluster(): Promise<{ holds: boolean; report: string }> {
  const name = `check-money-${randomBytes(NAME_BYTES).toString('hex')}`;
  await kubectlHere(['create', 'job', name, '--from=cronjob/check-money']);
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const { status } = JSON.parse(await kubectlHere(['get', 'job', name, '-o', 'json'])) as Job;
    const isOver = (status.succeeded ?? 0) + (status.failed ?? 0) > 0;
    if (isOver) {
      const report = await kubectlHere(['logs', `job/${name}`]);
      return { holds: (status.succeeded ?? 0) > 0, report };
    }
    if (Date.now() > deadline) throw new Error(`${name} does not end`);
    await sleep(POLL_MS);
  }
}

if (require.main === module) {
  runProgram(async () => {
    const { holds, report } = await checkMoneyInCluster();
    console.log(report);
    return holds ? 0 : 1;
  });
}
