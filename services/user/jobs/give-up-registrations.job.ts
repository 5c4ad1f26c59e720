import type { Logger } from '../../shared/observability/logger';
import type { Job } from '../../shared/work/jobs';
import { giveUpRegistrations } from '../commands/give-up-registrations';
import type { UserContext } from '../context';

const EVERY_MS = 60_000;

/** Gives up registrations without beak shape or approval. */
export function giveUpRegistrationsJob(context: UserContext, logger: Logger): Job {
  return {
    name: 'give-up-registrations',
    everyMs: EVERY_MS,
    async run() {
      const userIds = await giveUpRegistrations(context);
      if (userIds.length > 0) logger.info({ userIds }, 'registrations given up');
    },
  };
}
