import { query, type Database, type Tx } from '../../../shared/db/data-source';
import type { Day } from '../../../shared/kernel/business-day';
import type { AccountContext } from '../../context';
import { currentDay } from '../../days/queries/business-days';
import { EARNED_KINDS } from '../domain/earned-kinds';
import { releasedStates } from '../domain/released-states';

/** Balance of an account, in cents. */
export interface Balance {
  balanceCents: bigint;
  /** Earned on the current business day: fees, rewards and reversals. */
  todayCents: bigint;
  /**
   * Payout that the next closing would plan: earned minus committed, at least 0; 0 while on hold.
   */
  forecastCents: bigint;
  /** Payouts that are committed and not paid yet: the balance minus these is the forecast. */
  underWayCents: bigint;
}

/** SQL fragments that `balances` depends on: parameters or expressions. */
interface BalanceInputs {
  /** Returns the condition that a column is one of the requested account ids. */
  isAsked(column: string): string;
  today: string;
  /** Closings never change, so a separate statement may read the day. */
  lastClosedDay: string;
  /** States of payouts whose amount is owed again. */
  released: string;
}

/**
 * Returns the SQL of `balances (account_id, balance_cents, today_cents, forecast_cents,
 * under_way_cents)` of employees and management, to follow WITH. A balance is the earned sum of the
 * last closing, plus entries of later days, minus payouts that were paid and not returned.
 */
export function balancesFor({ isAsked, today, lastClosedDay, released }: BalanceInputs): string {
  return `
later AS (
  SELECT account_id, sum(amount_cents)::bigint AS cents,
    coalesce(sum(amount_cents) FILTER (WHERE business_day = ${today}), 0)::bigint AS today_cents
  FROM entries
  WHERE kind IN ${EARNED_KINDS} AND business_day > ${lastClosedDay} AND ${isAsked('account_id')}
  GROUP BY account_id
),
paid AS (
  SELECT account_id, sum(cents)::bigint AS cents FROM (
    SELECT debit_account_id AS account_id, amount_cents AS cents
    FROM transfers WHERE kind = 'payout' AND ${isAsked('debit_account_id')}
    UNION ALL
    SELECT payouts.account_id, -transfers.amount_cents
    FROM payouts JOIN transfers ON payout_id = payouts.id AND kind = 'return'
    WHERE state = 'returned' AND ${isAsked('payouts.account_id')}
  ) AS moved
  GROUP BY account_id
),
promised AS (
  SELECT account_id, sum(amount_cents)::bigint AS cents,
    coalesce(sum(amount_cents) FILTER (WHERE state <> 'paid'), 0)::bigint AS under_way_cents
  FROM payouts
  WHERE state <> ALL (${released}) AND ${isAsked('account_id')}
  GROUP BY account_id
),
totals AS (
  SELECT accounts.id AS account_id, payouts_held_reason,
    coalesce(closings.earned_cents, 0) + coalesce(later.cents, 0) AS earned_cents,
    coalesce(paid.cents, 0) AS paid_cents,
    coalesce(promised.cents, 0) AS promised_cents,
    coalesce(promised.under_way_cents, 0) AS under_way_cents,
    coalesce(later.today_cents, 0) AS today_cents
  FROM accounts
  LEFT JOIN closings ON closings.account_id = accounts.id AND closings.day = ${lastClosedDay}
  LEFT JOIN later ON later.account_id = accounts.id
  LEFT JOIN paid ON paid.account_id = accounts.id
  LEFT JOIN promised ON promised.account_id = accounts.id
  WHERE kind <> 'bank-clearing' AND ${isAsked('accounts.id')}
),
balances AS (
  SELECT account_id, earned_cents - paid_cents AS balance_cents, today_cents, under_way_cents,
    CASE WHEN payouts_held_reason IS NULL THEN greatest(earned_cents - promised_cents, 0)
      ELSE 0 END AS forecast_cents
  FROM totals
)`;
}

/** SQL of `balances` with the parameters of `balanceParams`. */
export const BALANCES = balancesFor({
  isAsked: (column) => `($1::uuid[] IS NULL OR ${column} = ANY ($1))`,
  today: '$2',
  lastClosedDay: '$3',
  released: '$4::text[]',
});

const BEFORE_ALL_DAYS = '-infinity';

/** Returns the parameters `$1` to `$4` of `BALANCES`; null for `accountIds` means all accounts. */
export async function balanceParams(
  { database, now, calendar }: AccountContext,
  accountIds: readonly string[] | null,
): Promise<unknown[]> {
  const today = await currentDay(database, await now(database), calendar);
  return [accountIds, today, await lastClosedDay(database), releasedStates];
}

async function lastClosedDay(tx: Tx | Database): Promise<Day> {
  const [row] = await query<{ day: Day | null }>(tx, 'SELECT max(day) AS day FROM closings');
  return row!.day ?? BEFORE_ALL_DAYS;
}

interface BalanceRow {
  account_id: string;
  balance_cents: bigint;
  today_cents: bigint;
  forecast_cents: bigint;
  under_way_cents: bigint;
}

/** Returns balances by account id. */
export async function balancesOf(
  context: AccountContext,
  accountIds: readonly string[],
): Promise<Map<string, Balance>> {
  const params = await balanceParams(context, accountIds);
  const rows = await query<BalanceRow>(
    context.database,
    `WITH ${BALANCES} SELECT * FROM balances`,
    params,
  );
  return new Map(
    rows.map((row) => [
      row.account_id,
      {
        balanceCents: row.balance_cents,
        todayCents: row.today_cents,
        forecastCents: row.forecast_cents,
        underWayCents: row.under_way_cents,
      },
    ]),
  );
}
