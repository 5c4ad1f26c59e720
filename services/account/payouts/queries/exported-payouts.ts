import type { Database } from '../../../shared/db/data-source';
import { readInBatches } from '../../../shared/db/read-in-batches';
import type { Day } from '../../../shared/kernel/business-day';
import type { PayoutState } from '../domain/payout';
import { conditionsOf, type PayoutFilter } from './payout-filter';

/** Payout in a file. */
export interface ExportedPayout {
  id: string;
  /** Null for the management's payouts. */
  userId: string | null;
  nickname: string | null;
  day: Day;
  amountCents: bigint;
  state: PayoutState;
  /** Reason for accountants. */
  reason: string | null;
  /** Why the bank refused the last attempt; shown to the payee. */
  refusal: string | null;
  /** Number of attempts. */
  attempts: number;
  /** Bank account number of the last attempt. */
  bankAccount: string | null;
  bankReference: string | null;
  plannedAt: Date;
  settledAt: Date | null;
  letterSentAt: Date | null;
}

const select = (where: string): string => `
SELECT payouts.id, accounts.user_id AS "userId", nickname, payouts.day,
  payouts.amount_cents AS "amountCents", payouts.state, payouts.reason,
  attempt.reason AS refusal, coalesce(attempt.number, 0) AS attempts,
  attempt.bank_account AS "bankAccount",
  CASE attempt.outcome WHEN 'succeeded' THEN attempt.bank_reference END AS "bankReference",
  planned_at AS "plannedAt", settled_at AS "settledAt", letter_sent_at AS "letterSentAt"
FROM payouts JOIN accounts ON accounts.id = payouts.account_id
LEFT JOIN nicknames ON nicknames.user_id = accounts.user_id
LEFT JOIN LATERAL (
  SELECT * FROM payout_attempts WHERE payout_id = payouts.id ORDER BY number DESC LIMIT 1
) AS attempt ON true
WHERE ${where}`;

/** Reads all payouts that match a filter, newest first. */
export function exportedPayouts(
  database: Database,
  filter: PayoutFilter,
  signal: AbortSignal,
): AsyncGenerator<ExportedPayout[], void> {
  const { where, params } = conditionsOf(filter);
  return readInBatches<ExportedPayout>(database, {
    name: 'account-export',
    select: select(where),
    orderBy: 'day DESC, id DESC',
    params,
    signal,
  });
}
