import type { Logger } from '../../shared/observability/logger';
import type { Job } from '../../shared/work/jobs';
import { fillNameSkeletons } from '../commands/fill-name-skeletons';
import type { UserContext } from '../context';

const EVERY_MS = 60_000;

/** Fills skeletons of names from the previous version, also during a rolling update. */
export function fillNameSkeletonsJob(context: UserContext, logger: Logger): Job {
  return {
    name: 'fill-name-skeletons',
    everyMs: EVERY_MS,
    async run() {
      const filled = await fillNameSkeletons(context);
      if (filled > 0) logger.info({ filled }, 'names of an older version can be compared by sight');
    },
  };
}
