import { query } from '../../../shared/db/data-source';
import type { AccountContext } from '../../context';
import { WAITS_FOR_OPERATOR } from '../domain/reasons';

/** Whether the bank answers. */
export interface BankState {
  state: 'ok' | 'failing';
  /** Begin of the oldest attempt that the bank did not answer; null while it answers. */
  since: Date | null;
  /** Payouts that wait for the bank: without an answer, being sent, or not sent yet. */
  waiting: number;
}

/** An attempt is answered in seconds: one that is unclear for longer says that the bank is away. */
const PATIENCE_MS = 60_000;

/** Without payouts on hold, and without those whose file waits for a person, not for the bank. */
const SELECT = `
SELECT min(started_at) FILTER (WHERE payouts.state = 'unknown') AS since,
  count(*)::integer AS waiting
FROM payouts JOIN accounts ON accounts.id = account_id
LEFT JOIN payout_attempts ON payout_id = payouts.id AND number = attempt_number
WHERE payouts.state IN ('planned', 'transferring', 'unknown')
  AND NOT (payouts.state = 'planned' AND payouts_held_reason IS NOT NULL)
  AND payouts.reason IS DISTINCT FROM $1`;

/** Returns whether the bank answers, as far as unclear attempts tell. */
export async function bankState({ database, now }: AccountContext): Promise<BankState> {
  const [found] = await query<{ since: Date | null; waiting: number }>(database, SELECT, [
    WAITS_FOR_OPERATOR,
  ]);
  const { since, waiting } = found!;
  const triedMs = since === null ? 0 : (await now(database)).getTime() - since.getTime();
  if (triedMs < PATIENCE_MS) return { state: 'ok', since: null, waiting };
  return { state: 'failing', since, waiting };
}
