import type { StateStore } from '../../shared/dapr/state';

/** Lease of a key, longer than sending takes: after a crash the key is free again. */
const SENDING_SECONDS = 30;
/** Longer than anybody retries a letter. */
const SENT_SECONDS = 90 * 24 * 60 * 60;

type Progress = 'sending' | 'sent';

/** Which letters were sent or are being sent. All methods throw 503 when the state store fails. */
export class SentLetters {
  constructor(private readonly store: StateStore) {}

  /** Claims the key to send its letter; otherwise returns the progress of whoever holds the key. */
  async claim(key: string): Promise<'ours' | Progress> {
    const name = nameOf(key);
    if (await this.store.setIfAbsent(name, 'sending', SENDING_SECONDS)) return 'ours';
    return (await this.store.get<Progress>(name)) ?? 'sending';
  }

  /** Records that the mail server took the letter. */
  async markSent(key: string): Promise<void> {
    await this.store.set(nameOf(key), 'sent', SENT_SECONDS);
  }

  /** Releases the key: its letter was not sent. */
  async release(key: string): Promise<void> {
    await this.store.delete(nameOf(key));
  }
}

function nameOf(key: string): string {
  return `letter-${key}`;
}
