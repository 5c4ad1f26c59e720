import { userBankAccount } from '../../../shared/contracts/calls/user';
import { call } from '../../../shared/dapr/invoke';
import type { Sidecar } from '../../../shared/dapr/sidecar';

/** Bank account given at registration, and its holder; null for what was not given. */
export interface BankDetails {
  bankAccount: string | null;
  fullName: string | null;
}

/**
 * Returns the bank account given at registration; nulls when none was given, or when User has
 * cleared its copy. Throws `Problem` 503 when User is away.
 */
export async function askBankAccount(sidecar: Sidecar, userId: string): Promise<BankDetails> {
  const answer = await call(sidecar, userBankAccount, { params: { id: userId }, body: {} });
  return { bankAccount: answer.bankAccount, fullName: answer.fullName ?? null };
}
