import { putLetter } from '../../shared/contracts/calls/notify';
import { call } from '../../shared/dapr/invoke';
import type { Sidecar } from '../../shared/dapr/sidecar';
import type { DueLetter } from '../../shared/work/letters/send-letters';

/**
 * Sends a letter; the id is the idempotency key. Throws 422 `address-refused` when the address
 * reaches nobody, 503 when Notify is away or can't send now.
 */
export async function sendLetter(
  sidecar: Sidecar,
  { id, recipient, content }: DueLetter,
): Promise<void> {
  // User stores a recipient with every letter.
  const { to, nickname, locale } = recipient!;
  const body = { to, nickname, locale, letter: content };
  await call(sidecar, putLetter, { params: { key: id }, body });
}
