import type { Logger } from '../../shared/observability/logger';
import type { Job } from '../../shared/work/jobs';
import { askForAccounts } from '../commands/ask-for-accounts';
import type { UserContext } from '../context';

const EVERY_MS = 5_000;

/** Asks Account again for overdue accounts, with a warning in the log. */
export function askForAccountsJob(context: UserContext, logger: Logger): Job {
  return {
    name: 'ask-for-accounts',
    everyMs: EVERY_MS,
    async run() {
      const userIds = await askForAccounts(context);
      if (userIds.length > 0) logger.warn({ userIds }, 'activations wait for their account');
    },
  };
}
