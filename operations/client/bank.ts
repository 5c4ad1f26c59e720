/** Sets the sandbox bank's switches; omitted ones are off. Throws when the bank refuses them. */
export async function setBankSwitches(bankUrl: string, switches: object): Promise<void> {
  const answer = await fetch(`${bankUrl}/switches`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(switches),
  });
  if (!answer.ok) throw new Error(`The bank refuses these switches: ${await answer.text()}`);
}

/** A transfer executed by the sandbox bank. */
export interface BookedTransfer {
  reference: string;
  /** The bank's own number of it. */
  bankReference: string;
  /** Minor units. */
  amount: string;
  account: string;
}

/** Returns the sandbox bank's transfers to an account number. Throws when it answers no list. */
export async function transfersTo(bankUrl: string, account: string): Promise<BookedTransfer[]> {
  const answer = await fetch(`${bankUrl}/transfers?account=${account}`);
  const { items } = (await answer.json()) as { items: BookedTransfer[] };
  return items.filter((each) => each.account === account);
}

/**
 * Makes the sandbox bank send the money of an executed transfer back; a repeat changes nothing.
 * Throws when it refuses.
 */
export async function returnTransfer(
  bankUrl: string,
  reference: string,
  reason: string,
): Promise<void> {
  const answer = await fetch(`${bankUrl}/transfers/${reference}/return`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ reason }),
  });
  if (!answer.ok) throw new Error(`The bank returns nothing: ${await answer.text()}`);
}
