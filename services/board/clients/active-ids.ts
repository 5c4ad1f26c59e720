import type { Sidecar } from '../../shared/dapr/sidecar';
import { Problem } from '../../shared/kernel/errors';
import { askActiveEmployeeIds } from './user';

/** Maximum age of ids when tasks are dealt by them: a person deactivated since is charged. */
export const MAX_IDS_AGE_MS = 5_000;
/** All requests to User must fit into the time that a client waits for an answer. */
export const MAX_ASKS = 2;

/** Ids of everybody who can be dealt tasks, as User answered. */
export interface ActiveIds {
  ids: readonly string[];
  /** Call after the last wait. Throws for ids that are too old; `withActiveIds` begins again. */
  demandFresh(): void;
}

class IdsTooOld extends Error {
  override readonly name = 'IdsTooOld';
}

/**
 * Asks User who can be dealt tasks, then runs `work` with the ids, such as a transaction that waits
 * for a lock. When the wait made the ids too old, `work` is given up and begins again with new ids,
 * `MAX_ASKS` times in all. Throws 503 when User is away, 503 `dealing-delayed` after the last.
 */
export async function withActiveIds<Result>(
  sidecar: Sidecar,
  work: (active: ActiveIds) => Promise<Result>,
): Promise<Result> {
  for (let asked = 1; ; asked += 1) {
    const askedAt = performance.now();
    const ids = await askActiveEmployeeIds(sidecar);
    const demandFresh = (): void => {
      if (performance.now() - askedAt > MAX_IDS_AGE_MS) throw new IdsTooOld();
    };
    try {
      return await work({ ids, demandFresh });
    } catch (error) {
      if (!(error instanceof IdsTooOld)) throw error;
      if (asked === MAX_ASKS) throw delayed();
    }
  }
}

function delayed(): Problem {
  return new Problem(503, 'dealing-delayed', 'Tasks could not be dealt now', {
    detail: 'Others were dealing for so long that who is active may have changed meanwhile',
    retryAfterSeconds: 1,
  });
}
