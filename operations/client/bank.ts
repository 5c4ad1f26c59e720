/** Sets the sandbox bank's switches; omitted ones are off. Throws when the bank refuses them. */
export async function setBankSwitches(bankUrl: string, switches: object): Promise<void> {
  const answer = await fetch(`${bankUrl}/switches`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(switches),
  });
  if (!answer.ok) throw new Error(`The bank refuses these switches: ${await answer.text()}`);
}
