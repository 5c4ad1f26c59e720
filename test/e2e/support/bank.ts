import type { Stack } from '../../../tools/stack/stack';

/** A transfer executed by the sandbox bank. */
export interface BookedTransfer {
  reference: string;
  amount: string;
  account: string;
}

/** The bank's transfers to an account number. */
export async function transfersTo(stack: Stack, account: string): Promise<BookedTransfer[]> {
  const answer = await fetch(`${stack.bankUrl}/transfers?account=${account}`);
  const { items } = (await answer.json()) as { items: BookedTransfer[] };
  return items.filter((each) => each.account === account);
}
