import { Problem } from '../../shared/kernel/errors';
import { askActiveEmployeeIds } from '../clients/user';
import type { BoardContext } from '../context';

/** How old ids may be when tasks are dealt by them: whoever was deactivated since is charged. */
export const MAX_IDS_AGE_MS = 5_000;
/** All of it must fit into the time that a client waits for an answer. */
export const MAX_ASKS = 2;

/** Whom User named when it was asked whom tasks can be dealt to. */
export interface ActiveIds {
  ids: readonly string[];
  /** To be called after the last wait; throws, and `withActiveIds` begins again, when too old. */
  demandFresh(): void;
}

class IdsTooOld extends Error {
  override readonly name = 'IdsTooOld';
}

/**
 * Asks User whom tasks can be dealt to, then works with the answer: a transaction that waits for
 * a lock, say. When it waited too long it is let go of and User is asked again, a bounded number
 * of times. Throws 503 when User is away, or `dealing-delayed` when each wait was too long.
 */
export async function withActiveIds<Result>(
  { sidecar }: Pick<BoardContext, 'sidecar'>,
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
