import type { Database } from '../../shared/db/data-source';
import type { AgreedClock } from '../../shared/db/database-clock';
import type { Job } from '../../shared/work/jobs';
import { rotateSigningKeys } from '../commands/rotate-signing-keys';

const EVERY_MS = 60_000;

/** Sees to it that a key is there, is not too old, and that old ones go. */
export function rotateSigningKeysJob(database: Database, now: AgreedClock): Job {
  return {
    name: 'rotate-signing-keys',
    everyMs: EVERY_MS,
    run: async () => rotateSigningKeys(database, await now()),
  };
}
