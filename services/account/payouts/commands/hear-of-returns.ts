import { query } from '../../../shared/db/data-source';
import { agreedNow } from '../../../shared/db/database-clock';
import { askReturned, type ReportedReturn } from '../clients/returned-transfers';
import type { PayoutContext } from '../context';

/** Pages of one round; the next round goes on after them. */
const MAX_PAGES = 20;

/**
 * Positions that are asked for again in each round: a transaction at Payment may commit after one
 * with a higher position.
 */
const OVERLAP = 50n;

const CURSOR = `SELECT coalesce(max(position), 0)::bigint AS position FROM returned_transfers`;

const KEEP = `
INSERT INTO returned_transfers (position, key, amount_cents, currency, reason, returned_at,
  heard_at, next_try_at)
SELECT position, key, amount_cents, currency, reason, returned_at, $7, $7
FROM unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::text[], $5::text[], $6::timestamptz[])
  AS returned (position, key, amount_cents, currency, reason, returned_at)
ON CONFLICT (key) DO NOTHING
RETURNING key`;

/**
 * Asks Payment for transfers that the bank sent back, and keeps those that are new: the kept rows
 * are the cursor. While Payment is away, the next round asks again. Throws 503 when Payment's
 * answer breaks the contract, and 503 `clock-off` when the clocks disagree; what was kept stays.
 */
export async function hearOfReturns(context: PayoutContext): Promise<void> {
  const [cursor] = await query<{ position: bigint }>(context.database, CURSOR);
  let after = cursor!.position > OVERLAP ? cursor!.position - OVERLAP : 0n;
  for (let page = 0; page < MAX_PAGES && !context.isStopping(); page += 1) {
    const returned = await askReturned(context.sidecar, after);
    if (returned === null) context.logger.warn('payment is away: returned transfers not asked');
    if (returned === null || returned.length === 0) return;
    const kept = await keep(context, returned);
    for (const key of kept) context.logger.warn({ key }, 'bank transfer returned');
    after = returned.at(-1)!.position;
  }
}

async function keep(
  context: PayoutContext,
  returned: readonly ReportedReturn[],
): Promise<string[]> {
  const now = await agreedNow(context, context.database);
  const rows = await query<{ key: string }>(context.database, KEEP, [
    returned.map(({ position }) => position),
    returned.map(({ key }) => key),
    returned.map(({ amountCents }) => amountCents),
    returned.map(({ currency }) => currency),
    returned.map(({ reason }) => reason),
    returned.map(({ returnedAt }) => returnedAt),
    now,
  ]);
  return rows.map(({ key }) => key);
}
