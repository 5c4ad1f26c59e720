import type { Database } from '../../shared/db/data-source';
import type { AgreedClock } from '../../shared/db/database-clock';
import type { Logger } from '../../shared/observability/logger';
import type { Job } from '../../shared/runtime/jobs';
import { giveUpRegistrations } from '../commands/give-up-registrations';

const EVERY_MS = 60_000;

/** Frees the names of those who never got credentials. */
export function giveUpRegistrationsJob(database: Database, now: AgreedClock, logger: Logger): Job {
  return {
    name: 'give-up-registrations',
    everyMs: EVERY_MS,
    async run() {
      const userIds = await giveUpRegistrations(database, await now());
      if (userIds.length > 0) logger.info({ userIds }, 'registrations given up');
    },
  };
}
