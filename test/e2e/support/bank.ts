import type { Stack } from '../../../scripts/stack/stack';

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

/** Sets the sandbox bank's switches for trouble. */
export async function setBank(stack: Stack, switches: object): Promise<void> {
  const answer = await fetch(`${stack.bankUrl}/switches`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(switches),
  });
  if (!answer.ok) throw new Error(`The bank refuses these switches: ${await answer.text()}`);
}
