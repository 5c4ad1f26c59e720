import type { StateStore } from '../../shared/dapr/state';

/** Longer than sending can take: a key left behind by a crash is free again after it. */
const SENDING_SECONDS = 30;
/** Longer than anybody repeats a letter. */
const SENT_SECONDS = 90 * 24 * 60 * 60;

type Progress = 'sending' | 'sent';

/** Which letters were sent, or are being sent right now. All methods throw 503. */
export class SentLetters {
  constructor(private readonly store: StateStore) {}

  /** Takes the key to send its letter; otherwise says how far somebody else came with it. */
  async claim(key: string): Promise<'ours' | Progress> {
    const name = nameOf(key);
    if (await this.store.setIfAbsent(name, 'sending', SENDING_SECONDS)) return 'ours';
    return (await this.store.get<Progress>(name)) ?? 'sending';
  }

  /** Remembers that the mail server has the letter. */
  async markSent(key: string): Promise<void> {
    await this.store.set(nameOf(key), 'sent', SENT_SECONDS);
  }

  /** Gives the key back: its letter was not sent. */
  async release(key: string): Promise<void> {
    await this.store.delete(nameOf(key));
  }
}

function nameOf(key: string): string {
  return `letter-${key}`;
}
