import { userBankAccount } from '../../../shared/contracts/calls/user';
import { call } from '../../../shared/dapr/invoke';
import type { Sidecar } from '../../../shared/dapr/sidecar';

/**
 * Returns the bank account number given at registration; null when none was given, or when User has
 * cleared its copy. Throws `Problem` 503 when User is away.
 */
export async function askBankAccount(sidecar: Sidecar, userId: string): Promise<string | null> {
  const answer = await call(sidecar, userBankAccount, { params: { id: userId }, body: {} });
  return answer.bankAccount;
}
