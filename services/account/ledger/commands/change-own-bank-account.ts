import type { AccountContext } from '../../context';
import { applyAccountChange } from '../steps/apply-account-change';

/**
 * Changes the bank account of one's own payouts; its holder only with a name. Nothing is sent to
 * the old number afterwards, except a payout that a worker is sending at that moment. Throws 404
 * without account.
 */
export async function changeOwnBankAccount(
  context: AccountContext,
  userId: string,
  bankAccount: string,
  fullName?: string,
): Promise<void> {
  const change = { bankAccount, ...(fullName !== undefined && { fullName }) };
  const by = { userId, actorId: userId, basedOn: 'any' } as const;
  await context.database.transaction((tx) => applyAccountChange(tx, context, by, change));
}
