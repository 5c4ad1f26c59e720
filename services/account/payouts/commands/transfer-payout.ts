import { query } from '../../../shared/db/data-source';
import { toMoney } from '../../../shared/kernel/money';
import { crashPoint } from '../../../shared/runtime/crash-point';
import { putTransfer, withdrawTransfer } from '../clients/payment';
import type { PayoutContext } from '../context';
import { refusal, verdictOf, type Verdict } from '../domain/payout';
import { BANK_ACCOUNT_CHANGED, NO_BANK_ACCOUNT } from '../domain/reasons';
import { paidTo, type Attempt } from '../queries/attempts';

const PAYEE = `
SELECT payouts_held_reason IS NOT NULL AS "isHeld", ${paidTo('$2')} AS "bankAccount"
FROM payouts JOIN accounts ON accounts.id = account_id WHERE payouts.id = $1`;

/**
 * Orders the transfer of a claimed payout at Payment. Nothing is sent for an account that was put
 * on hold since the claim. When the account's number has changed, the attempt is withdrawn and
 * counts as refused.
 */
export async function transferPayout(context: PayoutContext, attempt: Attempt): Promise<Verdict> {
  const { payoutId, key, bankAccount, creditorName, amountCents, day } = attempt;
  // The hold and the bank account are read again: the attempt may have begun long ago.
  const params = [payoutId, context.managementBankAccount];
  const [payee] = await query<{ isHeld: boolean; bankAccount: string | null }>(
    context.database,
    PAYEE,
    params,
  );
  if (payee!.isHeld) return { verdict: 'held' };
  const isChanged = bankAccount !== payee!.bankAccount;
  if (bankAccount === null) {
    return refusal(isChanged ? BANK_ACCOUNT_CHANGED : NO_BANK_ACCOUNT);
  }
  const order = { ...toMoney(amountCents, context.currency), bankAccount };
  if (isChanged) {
    return verdictOf(await withdrawTransfer(context.sidecar, key, order), BANK_ACCOUNT_CHANGED);
  }
  const description = { businessDay: day, ...(creditorName !== null && { creditorName }) };
  const answer = await putTransfer(context.sidecar, key, order, description);
  crashPoint('payout:transferred');
  return verdictOf(answer);
}
