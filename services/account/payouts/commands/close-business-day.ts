import type { Day } from '../../../shared/kernel/business-day';
import { crashPoint } from '../../../shared/runtime/crash-point';
import type { AccountContext } from '../../context';
import { enterLedgerAlone } from '../../ledger/steps/enter-ledger';
import type { DecisionRequest } from '../domain/decision';
import { readDay, type DayFigures } from '../queries/day-figures';
import { closeDayByHand } from '../steps/close-day';
import { decideOnce } from '../../ledger/steps/decide-once';

/** An accountant's request to close a day. */
export interface Closing {
  day: Day;
  request: DecisionRequest;
  /** Whether the day may be closed before it began; for tours and tests. */
  mayBeEarly: boolean;
}

/**
 * Closes a day by hand: its cut-off is now, its payouts are planned, the next day is open. A repeat
 * of the request gets the first answer. Throws 404 for a day before the first, 409
 * `business-day-not-begun` for a future one, 422 `idempotency-key-reused`.
 */
export async function closeBusinessDay<View extends object>(
  context: AccountContext,
  { day, request, mayBeEarly }: Closing,
  present: (figures: DayFigures) => View,
): Promise<View> {
  const answer = await context.database.transaction(async (tx) => {
    const ledger = await enterLedgerAlone(tx, context);
    return decideOnce(tx, request, async () => {
      await closeDayByHand(ledger, context, day, { actorId: request.actorId, mayBeEarly });
      return present(await readDay(context, day, tx));
    });
  });
  crashPoint('payout:closed');
  return answer;
}
