import { query, type Database } from '../../../shared/db/data-source';
import { payoutStates, type PayoutState } from '../domain/payout';
import { conditionsOf, type PayoutFilter } from './payout-filter';

/** Returns the number of payouts in each state. */
export async function countPayouts(
  database: Database,
  filter: Omit<PayoutFilter, 'state'>,
): Promise<Record<PayoutState, number>> {
  const { where, params } = conditionsOf(filter);
  const sql = `SELECT state, count(*)::integer AS count FROM payouts WHERE ${where} GROUP BY state`;
  const rows = await query<{ state: PayoutState; count: number }>(database, sql, params);
  const counts = new Map(rows.map(({ state, count }) => [state, count]));
  const entries = payoutStates.map((state) => [state, counts.get(state) ?? 0]);
  return Object.fromEntries(entries) as Record<PayoutState, number>;
}
