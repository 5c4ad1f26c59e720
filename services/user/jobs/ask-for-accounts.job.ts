import type { Database } from '../../shared/db/data-source';
import type { DatabaseClock } from '../../shared/db/database-clock';
import type { Logger } from '../../shared/observability/logger';
import type { Job } from '../../shared/runtime/jobs';
import { askForAccounts } from '../commands/ask-for-accounts';

const EVERY_MS = 5_000;

/** Heals activations that wait for their account, and says so in the log. */
export function askForAccountsJob(database: Database, now: DatabaseClock, logger: Logger): Job {
  return {
    name: 'ask-for-accounts',
    everyMs: EVERY_MS,
    async run() {
      const userIds = await askForAccounts(database, await now(database));
      if (userIds.length > 0) logger.warn({ userIds }, 'activations wait for their account');
    },
  };
}
