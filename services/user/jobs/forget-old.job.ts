import type { Database } from '../../shared/db/data-source';
import type { AgreedClock } from '../../shared/db/database-clock';
import { forgetOldJob as forgetOld } from '../../shared/work/forget-old';
import type { Job } from '../../shared/work/jobs';
import { forgetLetters } from '../../shared/work/letters/forget-letters';
import { forgetSignUps } from '../commands/limit-sign-ups';
import { forgetFormerEmails, forgetSettledChanges } from '../steps/note-beak-shape-change';

/**
 * Ends what User keeps: counts of sign-ups, former addresses, settled changes of beak shapes,
 * letters.
 */
export function forgetOldJob(database: Database, clock: AgreedClock): Job {
  return forgetOld(clock, [
    () => forgetSignUps(database),
    (now) => forgetFormerEmails(database, now),
    (now) => forgetSettledChanges(database, now),
    (now) => forgetLetters(database, now),
  ]);
}
