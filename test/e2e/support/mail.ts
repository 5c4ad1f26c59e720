import type { Stack } from '../../../tools/stack/stack';

/** A letter in the mail catcher's API. */
interface ShownLetter {
  subject: string;
  text: string;
  headers: Record<string, string>;
  to: { address: string }[];
}

export interface CaughtLetter {
  subject: string;
  text: string;
  messageId: string;
}

/** The letters to an address. */
export async function lettersTo(stack: Stack, address: string): Promise<CaughtLetter[]> {
  const answer = await fetch(`${stack.mailUrl}/api/email`);
  const letters = (await answer.json()) as ShownLetter[];
  return letters
    .filter(({ to }) => to.some((each) => each.address === address))
    .map(({ subject, text, headers }) => ({ subject, text, messageId: headers['message-id']! }));
}
