import type { Stack } from '../../../scripts/stack/stack';

/** A letter as the mail catcher shows it. */
export interface CaughtLetter {
  subject: string;
  text: string;
  messageId: string;
  to: { address: string }[];
}

/** The letters that reached this address. */
export async function lettersTo(stack: Stack, address: string): Promise<CaughtLetter[]> {
  const answer = await fetch(`${stack.mailUrl}/api/email`);
  const letters = (await answer.json()) as CaughtLetter[];
  return letters.filter(({ to }) => to.some((each) => each.address === address));
}
