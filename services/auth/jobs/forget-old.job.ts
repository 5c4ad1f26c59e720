import type { Database } from '../../shared/db/data-source';
import type { AgreedClock } from '../../shared/db/database-clock';
import { forgetOldJob as forgetOld } from '../../shared/work/forget-old';
import type { Job } from '../../shared/work/jobs';
import { forgetEndedSessions } from '../commands/forget-ended-sessions';
import { forgetExpiredDevices } from '../steps/remember-device';
import { forgetOldAttempts } from '../steps/throttle-attempts';

/** Ends what Auth keeps: attempts, devices and sessions; keys end in their rotation. */
export function forgetOldJob(database: Database, clock: AgreedClock): Job {
  return forgetOld(clock, [
    (now) => forgetOldAttempts(database, now),
    (now) => forgetExpiredDevices(database, now),
    (now) => forgetEndedSessions(database, now),
  ]);
}
