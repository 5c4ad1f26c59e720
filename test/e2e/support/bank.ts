import * as bank from '../../../operations/client/bank';
import type { Stack } from '../../../tools/stack/stack';

/** The bank's transfers to an account number. */
export function transfersTo(stack: Stack, account: string): Promise<bank.BookedTransfer[]> {
  return bank.transfersTo(stack.bankUrl, account);
}

/** Makes the bank send the money of an executed transfer back. Throws when it refuses. */
export function sendBack(stack: Stack, reference: string, reason: string): Promise<void> {
  return bank.returnTransfer(stack.bankUrl, reference, reason);
}
