/** `npm run k8s:check-money`: runs a CronJob of the cluster once, now. */
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

/** Runs a CronJob once; returns whether it succeeded and its output. Throws after 180 s. */
export async function runCronJob(
  cronJob: string,
): Promise<{ hasSucceeded: boolean; output: string }> {
  const name = `${cronJob}-${randomBytes(NAME_BYTES).toString('hex')}`;
  await kubectlHere(['create', 'job', name, `--from=cronjob/${cronJob}`]);
  const deadline = Date.now() + TIMEOUT_MS;
  for (;;) {
    const { status } = JSON.parse(await kubectlHere(['get', 'job', name, '-o', 'json'])) as Job;
    const isOver = (status.succeeded ?? 0) + (status.failed ?? 0) > 0;
    if (isOver) {
      const output = await kubectlHere(['logs', `job/${name}`]);
      return { hasSucceeded: (status.succeeded ?? 0) > 0, output };
    }
    if (Date.now() > deadline) throw new Error(`${name} does not end`);
    await sleep(POLL_MS);
  }
}

if (require.main === module) {
  runProgram(async () => {
    const [cronJob] = process.argv.slice(2);
    if (cronJob === undefined) throw new Error('Say which CronJob to run');
    const { hasSucceeded, output } = await runCronJob(cronJob);
    console.log(output);
    return hasSucceeded ? 0 : 1;
  });
}
