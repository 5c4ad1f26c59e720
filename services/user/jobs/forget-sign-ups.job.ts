import type { Database } from '../../shared/db/data-source';
import type { Job } from '../../shared/runtime/jobs';
import { forgetSignUps } from '../commands/limit-sign-ups';

const EVERY_MS = 600_000;

/** Addresses are kept no longer than their sign-ups count. */
export function forgetSignUpsJob(database: Database): Job {
  return { name: 'forget-sign-ups', everyMs: EVERY_MS, run: () => forgetSignUps(database) };
}
