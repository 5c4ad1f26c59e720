import type { AccountContext } from '../../context';
import type { Decision } from '../domain/decision';
import { demandChange } from '../domain/payout';
import { changeState, decidePayout, type Change, type Present } from '../steps/decide-payout';

/**
 * Cancels a failed payout: its amount is owed again at the next closing. A repeat returns the first
 * answer. Throws 404, 403 `own-account`, 409 `payout-state` unless the payout has failed, 422
 * `idempotency-key-reused`.
 */
export async function cancelPayout<View extends object>(
  context: AccountContext,
  decision: Decision,
  present: Present<View>,
): Promise<View> {
  const cancel: Change = {
    action: 'payout.cancelled',
    async change({ tx }, payout) {
      demandChange(payout, 'cancelled');
      await changeState(tx, payout, 'cancelled', null);
    },
  };
  return context.database.transaction((tx) => decidePayout(tx, context, decision, present, cancel));
}
