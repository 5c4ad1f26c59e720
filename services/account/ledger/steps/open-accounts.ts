import { accountCreated } from '../../../shared/contracts/events/accounts';
import { query, type Tx } from '../../../shared/db/data-source';
import { event, publish } from '../../../shared/messaging/outbox';

/** Person to open an account for. */
export interface NewHolder {
  userId: string;
  /** Number given at registration; null when none was given, or when User has cleared its copy. */
  bankAccount: string | null;
  /** Full name of the holder of that account; null when none was given. */
  fullName: string | null;
}

const INSERT = `
INSERT INTO accounts (id, kind, user_id, bank_account, bank_account_holder)
SELECT uuid_v7(), 'employee', user_id, bank_account, full_name
FROM unnest($1::uuid[], $2::text[], $3::text[]) AS holder (user_id, bank_account, full_name)
ORDER BY user_id
ON CONFLICT (user_id) DO NOTHING`;

/**
 * Opens an account for each holder and publishes `AccountCreated`. An existing account is not
 * changed; `AccountCreated` is published again, because consumers may have missed the first.
 */
export async function openAccounts(
  tx: Tx,
  holders: readonly NewHolder[],
  now: Date,
): Promise<void> {
  await query(tx, INSERT, [
    holders.map(({ userId }) => userId),
    holders.map(({ bankAccount }) => bankAccount),
    holders.map(({ fullName }) => fullName),
  ]);
  await publish(
    tx,
    holders.map(({ userId }) => event(accountCreated, userId, { userId }, now)),
  );
}
