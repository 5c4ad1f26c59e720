import { EARNED_KINDS } from '../../ledger/domain/earned-kinds';

/**
 * SQL of `owed (account_id, earned_cents, committed_cents, payable_cents)`: the sums owed to each
 * account at the end of a day. Used by the preview and the closing. `$1` is the day, `$2` the
 * states of payouts whose amount is owed again.
 *
 * `earned` is the sum of fees, rewards and reversals up to and including the day: the closing
 * before plus the day's own entries. `committed` is the sum of earlier payouts that still stand, in
 * whatever state, so that nothing is paid twice. A negative rest, and the rest of an account on
 * hold, is carried over.
 */
export const OWED = `
booked AS (
  SELECT account_id, sum(amount_cents)::bigint AS cents FROM entries
  WHERE business_day = $1::date AND kind IN ${EARNED_KINDS}
  GROUP BY account_id
),
before AS (
  SELECT account_id, earned_cents FROM closings
  WHERE day = (SELECT max(day) FROM closings WHERE day < $1::date)
),
promised AS (
  SELECT account_id, sum(amount_cents)::bigint AS cents FROM payouts
  WHERE day < $1::date AND state <> ALL ($2::text[])
  GROUP BY account_id
),
totals AS (
  SELECT accounts.id AS account_id,
    coalesce(before.earned_cents, 0) + coalesce(booked.cents, 0) AS earned_cents,
    coalesce(promised.cents, 0) AS committed_cents,
    accounts.kind <> 'bank-clearing' AND accounts.payouts_held_reason IS NULL AS is_payable
  FROM accounts
  LEFT JOIN before ON before.account_id = accounts.id
  LEFT JOIN booked ON booked.account_id = accounts.id
  LEFT JOIN promised ON promised.account_id = accounts.id
),
owed AS (
  SELECT account_id, earned_cents, committed_cents,
    CASE WHEN is_payable THEN greatest(earned_cents - committed_cents, 0) ELSE 0 END
      AS payable_cents
  FROM totals
)`;
