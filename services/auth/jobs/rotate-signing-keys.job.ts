import type { AgreedClock } from '../../shared/db/database-clock';
import type { Job } from '../../shared/work/jobs';
import { rotateSigningKeys } from '../commands/rotate-signing-keys';
import type { AuthContext } from '../context';

const EVERY_MS = 60_000;

/** Creates signing keys in time and deletes superseded ones. */
export function rotateSigningKeysJob(context: AuthContext, clock: AgreedClock): Job {
  return {
    name: 'rotate-signing-keys',
    everyMs: EVERY_MS,
    run: async () => rotateSigningKeys(context, await clock()),
  };
}
