import { query, type Tx } from '../../shared/db/data-source';
import type { AuthContext } from '../context';
import type { Attempt } from '../crypto/attempt-counter';
import type { Credentials } from '../queries/credentials';
import { countWrong, endRow, refuseBlocked, waitForTurn } from '../steps/throttle-attempts';

/**
 * Compares a beak shape with what is kept, null for nobody, and keeps count of wrong attempts.
 *
 * Attempts with the same counter are looked at one after another, over all replicas, and counted
 * when they were wrong, in the same transaction: right ones never count, however many come at
 * once, and a sixth wrong one is never looked at. Only the counter of the address, where many
 * people may sit, lets attempts pass side by side: at most `AT_ONCE` a replica, less one, are
 * looked at beyond its limit.
 *
 * Throws `Problem` 429 after too many wrong attempts in a row, or when too many people wait.
 */
export async function isRightShape(
  { database, hasher, clock }: AuthContext,
  attempt: Attempt,
  kept: Credentials | null,
  beakShape: string,
): Promise<boolean> {
  // Once more below: whoever is blocked anyway shall not wait among those who are not.
  await refuseBlocked(database, attempt, clock());
  return hasher.inTurn((compare) =>
    database.transaction(async (tx) => {
      await waitForTurn(tx, attempt.who);
      await refuseBlocked(tx, attempt, clock());
      const { isRight, renewed } = await compare(kept, beakShape);
      if (!isRight) {
        await countWrong(tx, attempt, clock());
        return false;
      }
      // In this order: a replacement locks credentials before counters as well.
      if (kept && renewed !== null) await renew(tx, kept, renewed);
      await endRow(tx, attempt, clock());
      return true;
    }),
  );
}

const RENEW = `
UPDATE credentials SET beak_shape_hash = $3, prepared_hash = $3
WHERE user_id = $1 AND beak_shape_hash = $2`;

/** The same beak shape, hashed as we do it today. Not when it was replaced meanwhile. */
async function renew(tx: Tx, { userId, hash }: Credentials, renewed: string): Promise<void> {
  await query(tx, RENEW, [userId, hash, renewed]);
}
