import type { StateStore } from '../../shared/dapr/state';

/** Lease of a key, longer than sending takes: after a crash the key is free again. */
const SENDING_SECONDS = 30;
/** Longer than anybody retries a letter. */
const SENT_SECONDS = 90 * 24 * 60 * 60;

type Progress = 'sending' | 'sent';

/**
 * Claims the key to send its letter; otherwise returns the progress of whoever holds the key.
 * Throws 503 when the state store fails.
 */
export async function claimLetter(store: StateStore, key: string): Promise<'ours' | Progress> {
  const name = nameOf(key);
  if (await store.setIfAbsent(name, 'sending', SENDING_SECONDS)) return 'ours';
  return (await store.get<Progress>(name)) ?? 'sending';
}

/** Records that the mail server took the letter. Throws 503 when the state store fails. */
export async function markLetterSent(store: StateStore, key: string): Promise<void> {
  await store.set(nameOf(key), 'sent', SENT_SECONDS);
}

/** Returns whether the letter is remembered as sent. Throws 503 when the state store fails. */
export async function wasLetterSent(store: StateStore, key: string): Promise<boolean> {
  return (await store.get<Progress>(nameOf(key))) === 'sent';
}

/** Releases the key: its letter was not sent. Throws 503 when the state store fails. */
export async function releaseLetter(store: StateStore, key: string): Promise<void> {
  await store.delete(nameOf(key));
}

function nameOf(key: string): string {
  return `letter-${key}`;
}
