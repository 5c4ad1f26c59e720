import { putLetter } from '../../shared/contracts/calls/notify';
import { call } from '../../shared/dapr/invoke';
import type { Sidecar } from '../../shared/dapr/sidecar';
import type { DueLetter } from '../../shared/work/letters/send-letters';

/**
 * Sends a letter to whom it was owed to. The same id again sends no second one. Throws `Problem`
 * when Notify can't do it now, 422 when the address is refused for good.
 */
export async function sendLetter(
  sidecar: Sidecar,
  { id, recipient, content }: DueLetter,
): Promise<void> {
  // Every letter that this service owes names its recipient.
  const { to, nickname, locale } = recipient!;
  const body = { to, nickname, locale, letter: content };
  await call(sidecar, putLetter, { params: { key: id }, body });
}
