import { query } from '../../../shared/db/data-source';
import { agreedNow } from '../../../shared/db/database-clock';
import type { Day } from '../../../shared/kernel/business-day';
import { crashPoint } from '../../../shared/runtime/crash-point';
import type { AccountContext } from '../../context';
import { enterLedger, enterLedgerAlone } from '../../ledger/steps/enter-ledger';
import { dueBefore } from '../domain/closing';
import { closeDay } from '../steps/close-day';

const DUE = `
SELECT day FROM business_days WHERE state = 'open' AND cut_off_at <= $1 ORDER BY day LIMIT 1`;

/**
 * Closes the oldest day whose cut-off passed a minute ago. Returns whether there was one. Any
 * number of workers may do this at once: a day is closed once. Throws 503 `clock-off` when the
 * clocks disagree.
 */
export async function closeDueDay(context: AccountContext): Promise<boolean> {
  const due = await dueSince(context);
  if (due === null) return false;
  const isClosed = await context.database.transaction(async (tx) => {
    const ledger = await enterLedgerAlone(tx, context);
    // Another worker may have closed it during the wait for the lock.
    const [oldest] = await query<{ day: Day }>(tx, DUE, [due]);
    if (oldest) await closeDay(ledger, context, oldest.day, null);
    return oldest !== undefined;
  });
  if (isClosed) crashPoint('payout:closed');
  return isClosed;
}

/** Opens the days that have begun. Returns until when cut-offs are due; null when none is. */
async function dueSince(context: AccountContext): Promise<Date | null> {
  return context.database.transaction(async (tx) => {
    const due = dueBefore(await agreedNow(context, tx));
    await enterLedger(tx, context);
    return (await query(tx, DUE, [due])).length > 0 ? due : null;
  });
}
