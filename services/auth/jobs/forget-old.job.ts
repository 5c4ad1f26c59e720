import type { Database } from '../../shared/db/data-source';
import type { Clock } from '../../shared/kernel/clock';
import { everyStep } from '../../shared/kernel/every-step';
import type { Job } from '../../shared/runtime/jobs';
import { forgetEndedSessions } from '../commands/forget-ended-sessions';
import { forgetOldAttempts } from '../commands/throttle-attempts';

const EVERY_MS = 3_600_000;

/** Keeps sessions and attempts from growing for ever. */
export function forgetOldJob(database: Database, clock: Clock): Job {
  return {
    name: 'forget-old',
    everyMs: EVERY_MS,
    run: () =>
      everyStep([
        () => forgetOldAttempts(database, clock()),
        () => forgetEndedSessions(database, clock()),
      ]),
  };
}
