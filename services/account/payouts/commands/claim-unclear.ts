import { query } from '../../../shared/db/data-source';
import { agreedNow } from '../../../shared/db/database-clock';
import { claimSize, leaseOfBatch } from '../../../shared/work/lease';
import type { PayoutContext } from '../context';
import { attemptsOf, type Attempt } from '../queries/attempts';

const CLAIM_UNCLEAR = `
WITH due AS MATERIALIZED (
  SELECT id FROM payouts
  WHERE state IN ('transferring', 'unknown', 'needs_review') AND lease_until <= $1
  ORDER BY lease_until LIMIT $3 FOR UPDATE SKIP LOCKED
)
UPDATE payouts SET lease_until = $2,
  state = CASE state WHEN 'needs_review' THEN state ELSE 'unknown' END
FROM due WHERE payouts.id = due.id
RETURNING payouts.id`;

/**
 * Claims payouts whose outcome is unclear: those whose lease expired, and those whose delay before
 * the next question has passed, also in review. Throws 503 `clock-off` when the clocks disagree.
 */
export async function claimUnclear(context: PayoutContext): Promise<Attempt[]> {
  return context.database.transaction(async (tx) => {
    const now = await agreedNow(context, tx);
    const leaseUntil = leaseOfBatch(now);
    const params = [now, leaseUntil, claimSize(context.inFlight)];
    const claimed = await query<{ id: string }>(tx, CLAIM_UNCLEAR, params);
    return claimed.length === 0 ? [] : attemptsOf(tx, claimed, leaseUntil);
  });
}
