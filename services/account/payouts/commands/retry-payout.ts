import { conflict } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import { wakePayouts } from '../../ledger/steps/wake-payouts';
import type { Decision } from '../domain/decision';
import { demandChange } from '../domain/payout';
import { changeState, decidePayout, type Change, type Present } from '../steps/decide-payout';

/**
 * Has a failed payout tried once more: a new attempt, to the bank account of now. Throws 404,
 * 403 `own-account`, 409 `payout-state` when it has not failed, 409 `payouts-held` while its
 * account is on hold.
 */
export async function retryPayout<View extends object>(
  context: AccountContext,
  decision: Decision,
  present: Present<View>,
): Promise<View> {
  const retry: Change = {
    action: 'payout.retried',
    details: {},
    async change({ tx }, payout) {
      demandChange(payout, 'planned');
      if (payout.isHeld) throw conflict('payouts-held', 'Payouts of this account are on hold');
      await changeState(tx, payout, 'planned', null);
      await wakePayouts(tx);
    },
  };
  return context.database.transaction((tx) => decidePayout(tx, context, decision, present, retry));
}
