import { EARNED_KINDS } from '../domain/earned-kinds';

/**
 * SQL of the balance of account `$1` at the begin of a day: what the last closing before the day
 * says was earned, plus earnings booked since, minus payouts booked before the day, plus those of
 * them that came back. Reads the rows since that closing and one row per payout, not the history.
 */
export const balanceBefore = (day: string): string => `(
  SELECT coalesce(last.earned_cents, 0)
    + coalesce((SELECT sum(amount_cents) FROM entries
        WHERE account_id = $1 AND kind IN ${EARNED_KINDS}
          AND business_day > coalesce(last.day, '-infinity') AND business_day < ${day}), 0)
    - coalesce((SELECT sum(amount_cents) FROM transfers
        WHERE debit_account_id = $1 AND kind = 'payout' AND business_day < ${day}), 0)
    + coalesce((SELECT sum(transfers.amount_cents)
        FROM payouts JOIN transfers ON payout_id = payouts.id AND kind = 'return'
        WHERE payouts.account_id = $1 AND payouts.state = 'returned'
          AND business_day < ${day}), 0)
  FROM (SELECT) AS one LEFT JOIN LATERAL (
    SELECT closings.day, earned_cents FROM closings
    WHERE closings.account_id = $1 AND closings.day < ${day}
    ORDER BY closings.day DESC LIMIT 1
  ) AS last ON true)`;
