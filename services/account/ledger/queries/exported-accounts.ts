import { readInBatches } from '../../../shared/db/read-in-batches';
import type { AccountContext } from '../../context';
import { hasNickname, type AccountsFilter } from './accounts';
import { BALANCES, balanceParams } from './balances';

/** Account in a file. */
export interface ExportedAccount {
  userId: string;
  nickname: string | null;
  balanceCents: bigint;
  todayCents: bigint;
  forecastCents: bigint;
  underWayCents: bigint;
  bankAccount: string | null;
  heldReason: string | null;
  heldAt: Date | null;
  openedAt: Date;
}

const SELECT = `
WITH ${BALANCES}
SELECT accounts.id, accounts.user_id AS "userId", nickname, balance_cents AS "balanceCents",
  today_cents AS "todayCents", forecast_cents AS "forecastCents",
  under_way_cents AS "underWayCents", bank_account AS "bankAccount",
  accounts.payouts_held_reason AS "heldReason", payouts_held_at AS "heldAt",
  opened_at AS "openedAt"
FROM accounts JOIN balances ON account_id = accounts.id LEFT JOIN nicknames USING (user_id)
WHERE kind = 'employee' AND ${hasNickname('$5')} AND CASE $6::text
  WHEN 'below-zero' THEN balance_cents < 0
  WHEN 'held' THEN accounts.payouts_held_reason IS NOT NULL
  ELSE true END`;

/** Reads all employees' accounts that match a filter, newest first. */
export async function* exportedAccounts(
  context: AccountContext,
  { q, filter }: AccountsFilter,
  signal: AbortSignal,
): AsyncGenerator<ExportedAccount[], void> {
  const params = [...(await balanceParams(context, null)), q ?? null, filter ?? null];
  const asked = { name: 'account-export', select: SELECT, orderBy: 'id DESC', params, signal };
  yield* readInBatches<ExportedAccount>(context.database, asked);
}
