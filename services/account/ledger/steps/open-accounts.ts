import { accountCreated } from '../../../shared/contracts/events/accounts';
import { query, type Tx } from '../../../shared/db/data-source';
import { event, publish } from '../../../shared/messaging/outbox';

/** Somebody whose account shall be open. */
export interface NewHolder {
  userId: string;
  /** As given at registration; null when there was none, or User gave it to us before. */
  bankAccount: string | null;
}

const INSERT = `
INSERT INTO accounts (id, kind, user_id, bank_account)
SELECT uuid_v7(), 'employee', user_id, bank_account
FROM unnest($1::uuid[], $2::text[]) AS holder (user_id, bank_account)
ORDER BY user_id
ON CONFLICT (user_id) DO NOTHING`;

/**
 * Opens an account for each holder and says so by `AccountCreated`. An account that is open
 * stays as it is; it is only confirmed again, because whoever asks may have missed it.
 */
export async function openAccounts(
  tx: Tx,
  holders: readonly NewHolder[],
  now: Date,
): Promise<void> {
  await query(tx, INSERT, [
    holders.map(({ userId }) => userId),
    holders.map(({ bankAccount }) => bankAccount),
  ]);
  await publish(
    tx,
    holders.map(({ userId }) => event(accountCreated, userId, { userId }, now)),
  );
}
