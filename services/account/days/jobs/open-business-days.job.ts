import type { Job } from '../../../shared/work/jobs';
import type { AccountContext } from '../../context';
import { openBusinessDays } from '../steps/open-business-days';

const EVERY_MS = 10_000;

/** Opens each business day when it begins, so that lists show the day before its first booking. */
export function openBusinessDaysJob({ database, now, calendar }: AccountContext): Job {
  return {
    name: 'open-business-days',
    everyMs: EVERY_MS,
    run: async () => openBusinessDays(database, await now(database), calendar),
  };
}
