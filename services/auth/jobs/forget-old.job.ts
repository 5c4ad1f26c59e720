import type { AgreedClock } from '../../shared/db/database-clock';
import { forgetOldJob as forgetOldAt } from '../../shared/work/forget-old';
import type { Job } from '../../shared/work/jobs';
import { forgetOld } from '../commands/forget-old';
import type { AuthContext } from '../context';

/** Applies the retention of Auth's data; signing keys are deleted by their rotation. */
export function forgetOldJob(context: AuthContext, clock: AgreedClock): Job {
  return forgetOldAt(clock, [(now) => forgetOld(context, now)]);
}
