import { query } from '../../../shared/db/data-source';
import type { AccountContext } from '../../context';
import { BALANCES, balanceParams } from '../../ledger/queries/balances';

const MAX_SHOWN = 500;

/** Employee with a balance below zero. */
export interface PersonBelowZero {
  userId: string;
  nickname: string;
  balanceCents: bigint;
  /** When the balance last fell below zero. */
  since: Date;
}

/** Number of employees below zero, and the lowest balances first (at most 500). */
export interface BelowZero {
  count: number;
  items: PersonBelowZero[];
}

interface BelowZeroRow {
  user_id: string;
  nickname: string;
  balance_cents: bigint;
  since: Date;
  count: bigint;
}

/** `since` is the first entry after the last one that left a balance of zero or more. */
const SELECT = `
WITH ${BALANCES},
indebted AS (
  SELECT account_id, user_id, balance_cents, count(*) OVER () AS count
  FROM balances JOIN accounts ON accounts.id = account_id
  WHERE balance_cents < 0 AND kind = 'employee'
  ORDER BY balance_cents, account_id
  LIMIT ${MAX_SHOWN}
)
SELECT indebted.user_id, coalesce(nickname, '') AS nickname, balance_cents, count, fallen.since
FROM indebted
LEFT JOIN nicknames ON nicknames.user_id = indebted.user_id
CROSS JOIN LATERAL (
  WITH running AS (
    SELECT occurred_at, row_number() OVER history AS line,
      sum(amount_cents) OVER history AS balance_after
    FROM entries WHERE entries.account_id = indebted.account_id
    WINDOW history AS (ORDER BY business_day, position)
  )
  SELECT occurred_at AS since FROM running
  WHERE line > coalesce((SELECT max(line) FROM running WHERE balance_after >= 0), 0)
  ORDER BY line LIMIT 1
) fallen
ORDER BY balance_cents, indebted.account_id`;

/** Returns the employees whose balance is below zero now. */
export async function belowZero(context: AccountContext): Promise<BelowZero> {
  const params = await balanceParams(context, null);
  const rows = await query<BelowZeroRow>(context.database, SELECT, params);
  return {
    count: Number(rows[0]?.count ?? 0n),
    items: rows.map((row) => ({
      userId: row.user_id,
      nickname: row.nickname,
      balanceCents: row.balance_cents,
      since: row.since,
    })),
  };
}
