import type { AgreedClock } from '../db/database-clock';
import { everyStep } from '../kernel/every-step';
import type { Job } from './jobs';

const EVERY_MS = 600_000;

/**
 * Creates the job that deletes expired rows. Each step receives the current time; a failing step
 * does not prevent the others, and no step runs while the clocks of process and database disagree.
 */
export function forgetOldJob(
  clock: AgreedClock,
  steps: readonly ((now: Date) => Promise<void>)[],
): Job {
  return {
    name: 'forget-old',
    everyMs: EVERY_MS,
    async run() {
      const now = await clock();
      await everyStep(steps.map((step) => () => step(now)));
    },
  };
}
