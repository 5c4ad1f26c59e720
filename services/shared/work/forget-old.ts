import type { AgreedClock } from '../db/database-clock';
import { everyStep } from '../kernel/every-step';
import type { Job } from './jobs';

const EVERY_MS = 600_000;

/**
 * Ends what a service keeps for a while. Each step is given the moment; none keeps the others from
 * their turn, and nothing is forgotten by a wrong clock.
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
