import type { Database } from '../../shared/db/data-source';
import type { AgreedClock } from '../../shared/db/database-clock';
import { everyStep } from '../../shared/kernel/every-step';
import type { Job } from '../../shared/runtime/jobs';
import { forgetSignUps } from '../commands/limit-sign-ups';
import { forgetFormerEmails, forgetSettledChanges } from '../commands/note-beak-shape-change';

const EVERY_MS = 600_000;

/**
 * Ends what User keeps for a while: counts of sign-ups, former addresses, settled changes of beak
 * shapes. Nothing is forgotten by a wrong clock.
 */
export function forgetOldJob(database: Database, clock: AgreedClock): Job {
  return {
    name: 'forget-old',
    everyMs: EVERY_MS,
    async run() {
      const now = await clock();
      await everyStep([
        () => forgetSignUps(database),
        () => forgetFormerEmails(database, now),
        () => forgetSettledChanges(database, now),
      ]);
    },
  };
}
