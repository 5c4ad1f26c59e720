import type { Stack } from '../../../tools/stack/stack';

/** One line of the sandbox bank's book. */
export interface BookedTransfer {
  reference: string;
  amount: string;
  account: string;
}

/** What the bank has paid to that account number. */
export async function transfersTo(stack: Stack, account: string): Promise<BookedTransfer[]> {
  const answer = await fetch(`${stack.bankUrl}/transfers?account=${account}`);
  const { items } = (await answer.json()) as { items: BookedTransfer[] };
  return items.filter((each) => each.account === account);
}
