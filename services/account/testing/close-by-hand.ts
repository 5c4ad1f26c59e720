import type { Day } from '../../shared/kernel/business-day';
import type { AccountContext } from '../context';
import { enterLedgerAlone } from '../ledger/steps/enter-ledger';
import { closeDayByHand, type ClosedByHand } from '../payouts/steps/close-day';

/** Closes a day as an accountant's request does, without recording the request. */
export async function closeByHand(
  context: AccountContext,
  day: Day,
  by: ClosedByHand,
): Promise<void> {
  await context.database.transaction(async (tx) =>
    closeDayByHand(await enterLedgerAlone(tx, context), context, day, by),
  );
}
