import { In } from 'typeorm';
import { userActivated } from '../../shared/contracts/events/users';
import { query, type Tx } from '../../shared/db/data-source';
import { User } from '../entities/user.entity';
import { publishUsers } from './publish-users';

/** Locks in the order of ids: prevents deadlocks between concurrent batches. */
const ACTIVATE = `
WITH ready AS (
  SELECT id FROM users
  WHERE id = ANY($1::uuid[]) AND status = 'inactive' AND NOT awaits_approval
    AND account_opened_at IS NOT NULL AND credentials_set_at IS NOT NULL
  ORDER BY id FOR NO KEY UPDATE)
UPDATE users SET status = 'active', version = version + 1
FROM ready WHERE users.id = ready.id RETURNING users.id`;

/**
 * Activates those of these users who have account and credentials and need no approval, and
 * publishes `UserActivated`. Call in the transaction that records the last missing step.
 */
export async function activateReady(tx: Tx, ids: readonly string[], now: Date): Promise<void> {
  const activated = await query<{ id: string }>(tx, ACTIVATE, [ids]);
  const users = await tx.findBy(User, { id: In(activated.map(({ id }) => id)) });
  await publishUsers(tx, userActivated, users, now);
}
