import { conflict } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import { wakePayouts } from '../../ledger/steps/wake-payouts';
import type { Decision } from '../domain/decision';
import { demandChange } from '../domain/payout';
import { changeState, decidePayout, type Change, type Present } from '../steps/decide-payout';

/**
 * Plans a failed payout again: the worker makes a new attempt, to the current bank account. A
 * repeat returns the first answer. Throws 404, 403 `own-account`, 409 `payout-state` unless the
 * payout has failed, 409 `payouts-held` while the account is on hold, 422 `idempotency-key-reused`.
 */
export async function retryPayout<View extends object>(
  context: AccountContext,
  decision: Decision,
  present: Present<View>,
): Promise<View> {
  const retry: Change = {
    action: 'payout.retried',
    async change({ tx }, payout) {
      demandChange(payout, 'planned');
      if (payout.isHeld) throw conflict('payouts-held', 'Payouts of this account are on hold');
      await changeState(tx, payout, 'planned', null);
      await wakePayouts(tx);
    },
  };
  return context.database.transaction((tx) => decidePayout(tx, context, decision, present, retry));
}
