import type { AccountContext } from '../../context';
import type { Decision } from '../domain/decision';
import { demandChange } from '../domain/payout';
import { changeState, decidePayout, type Change, type Present } from '../steps/decide-payout';

/**
 * Gives a failed payout up: its amount is owed again at the next closing. Throws 404, 403
 * `own-account`, 409 `payout-state` when it has not failed.
 */
export async function cancelPayout<View extends object>(
  context: AccountContext,
  decision: Decision,
  present: Present<View>,
): Promise<View> {
  const cancel: Change = {
    action: 'payout.cancelled',
    details: {},
    async change({ tx }, payout) {
      demandChange(payout, 'cancelled');
      await changeState(tx, payout, 'cancelled', null);
    },
  };
  return context.database.transaction((tx) => decidePayout(tx, context, decision, present, cancel));
}
