import type { Database } from '../../shared/db/data-source';
import type { AgreedClock } from '../../shared/db/database-clock';
import { everyStep } from '../../shared/kernel/every-step';
import type { Job } from '../../shared/runtime/jobs';
import { forgetEndedSessions } from '../commands/forget-ended-sessions';
import { forgetExpiredDevices } from '../commands/remember-device';
import { forgetOldAttempts } from '../commands/throttle-attempts';

const EVERY_MS = 3_600_000;

/**
 * Ends what Auth keeps: attempts, devices, tokens and sessions; keys end in their rotation.
 * Nothing is forgotten by a wrong clock.
 */
export function forgetOldJob(database: Database, clock: AgreedClock): Job {
  return {
    name: 'forget-old',
    everyMs: EVERY_MS,
    async run() {
      const now = await clock();
      await everyStep([
        () => forgetOldAttempts(database, now),
        () => forgetExpiredDevices(database, now),
        () => forgetEndedSessions(database, now),
      ]);
    },
  };
}
