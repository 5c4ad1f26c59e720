import type { AgreedClock } from '../../shared/db/database-clock';
import { forgetOldJob as forgetOldAt } from '../../shared/work/forget-old';
import type { Job } from '../../shared/work/jobs';
import { forgetLetters } from '../../shared/work/letters/forget-letters';
import { forgetOld } from '../commands/forget-old';
import type { UserContext } from '../context';

/** Applies the retention of User's data. */
export function forgetOldJob(context: UserContext, clock: AgreedClock): Job {
  return forgetOldAt(clock, [
    (now) => forgetOld(context, now),
    (now) => forgetLetters(context.database, now),
  ]);
}
