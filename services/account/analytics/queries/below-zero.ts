import { query } from '../../../shared/db/data-source';
import type { AccountContext } from '../../context';
import { BALANCES, balanceParams } from '../../ledger/queries/balances';

const MAX_SHOWN = 500;

/** Somebody who owes the company. */
export interface PersonBelowZero {
  userId: string;
  nickname: string;
  balanceCents: bigint;
  /** When the balance fell below zero, not to come up again so far. */
  since: Date;
}

/** How many are below zero now, and who: the deepest first. */
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

/** The entries after the last one that left nothing owing are those that keep one below zero. */
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

/** Who has a balance below zero now. */
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
