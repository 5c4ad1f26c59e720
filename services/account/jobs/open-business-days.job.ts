import type { Job } from '../../shared/runtime/jobs';
import { openBusinessDays } from '../commands/open-business-days';
import type { Books } from '../queries/books';

const EVERY_MS = 10_000;

/** Opens each business day when it begins, so that it is seen before anything is booked on it. */
export function openBusinessDaysJob({ database, now, calendar }: Books): Job {
  return {
    name: 'open-business-days',
    everyMs: EVERY_MS,
    run: async () => openBusinessDays(database, await now(database), calendar),
  };
}
