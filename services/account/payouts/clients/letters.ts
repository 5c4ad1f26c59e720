import { putLetter, type LetterContent } from '../../../shared/contracts/calls/notify';
import { userEmail } from '../../../shared/contracts/calls/user';
import { call } from '../../../shared/dapr/invoke';
import type { Sidecar } from '../../../shared/dapr/sidecar';

/**
 * Sends a letter to a user, in the user's language, to the address that User has now. A repeat of
 * the key sends no second letter. Throws `Problem` when User or Notify is away, 422 when the
 * address is refused.
 */
export async function putLetterToUser(
  sidecar: Sidecar,
  key: string,
  userId: string,
  letter: LetterContent,
): Promise<void> {
  const person = await call(sidecar, userEmail, { params: { id: userId }, body: {} });
  const { email: to, nickname, locale } = person;
  const body = { to, nickname, locale, letter };
  await call(sidecar, putLetter, { params: { key }, body });
}
