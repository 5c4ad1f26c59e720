import type { Logger } from '../../shared/observability/logger';
import type { Job } from '../../shared/work/jobs';
import { tellUnclearChanges } from '../commands/tell-unclear-changes';
import type { UserContext } from '../context';

const EVERY_MS = 10_000;

/** Reports beak shape changes left unclear by a crash or a lost answer. */
export function tellUnclearChangesJob(context: UserContext, logger: Logger): Job {
  return {
    name: 'tell-unclear-changes',
    everyMs: EVERY_MS,
    async run() {
      const changes = await tellUnclearChanges(context);
      if (changes.length > 0) logger.warn({ changes }, 'beak shapes may have been changed');
    },
  };
}
