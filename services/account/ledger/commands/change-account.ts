import { forbidden } from '../../../shared/kernel/errors';
import type { AccountContext } from '../../context';
import {
  applyAccountChange,
  type AccountChange,
  type ChangeBy,
} from '../steps/apply-account-change';

/**
 * Changes another person's account. After a hold no payout is sent, except one that a worker is
 * sending at that moment; a release wakes the worker. Throws 403 `own-account` for one's own
 * account, 404, 412 when the account has another version.
 */
export async function changeAccount(
  context: AccountContext,
  by: ChangeBy,
  change: AccountChange,
): Promise<void> {
  if (by.userId === by.actorId) {
    throw forbidden('Somebody else has to change your account', 'own-account');
  }
  await context.database.transaction((tx) => applyAccountChange(tx, context, by, change));
}
