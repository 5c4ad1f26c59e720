import { query, type Tx } from '../../shared/db/data-source';
import type { AuthContext } from '../context';
import type { Attempt } from '../crypto/attempt-counter';
import type { Credentials } from '../queries/credentials';
import { countWrong, endRow, refuseBlocked, waitForTurn } from '../steps/throttle-attempts';

/**
 * Returns whether a beak shape matches the credentials, null for an unknown person, and counts
 * wrong attempts. Throws 429 `too-many-attempts` after too many wrong attempts in a row, or when
 * the queue of the hasher is full. Attempts with the same counter are serialised over all replicas.
 * A wrong one is counted in the transaction that compares it: right ones never count, and a sixth
 * wrong one is never compared. Only the counter of an address, which many people share, does not
 * serialise: at most replicas × `AT_ONCE` - 1 attempts beyond its limit are compared.
 */
export async function isRightShape(
  { database, hasher, clock }: AuthContext,
  attempt: Attempt,
  kept: Credentials | null,
  beakShape: string,
): Promise<boolean> {
  // Checked again below; refused here, blocked attempts take no place in the queue.
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
      // Lock order (prevents deadlocks): a replacement also locks credentials before counters.
      if (kept && renewed !== null) await renew(tx, kept, renewed);
      await endRow(tx, attempt, clock());
      return true;
    }),
  );
}

const RENEW = `
UPDATE credentials SET beak_shape_hash = $3, prepared_hash = $3
WHERE user_id = $1 AND beak_shape_hash = $2`;

/**
 * Stores a hash of the same beak shape with current parameters. Compare and set: no row is updated
 * when the beak shape was replaced meanwhile.
 */
async function renew(tx: Tx, { userId, hash }: Credentials, renewed: string): Promise<void> {
  await query(tx, RENEW, [userId, hash, renewed]);
}
