import { Problem } from '../../shared/kernel/errors';
import type { Logger } from '../../shared/observability/logger';
import type { Channel } from '../clients/channel';
import type { SentLetters } from '../clients/sent-letters';
import type { Content, Locale } from '../domain/language';
import { composeLetter } from '../domain/letter';

/** What sending letters takes. */
export interface Deps {
  sentLetters: SentLetters;
  channel: Channel;
  logger: Logger;
}

/** A letter somebody wants sent, once per key. */
export interface LetterOrder {
  key: string;
  to: string;
  nickname: string;
  locale: Locale;
  letter: Content;
}

const RETRY_AFTER_SECONDS = 2;

/**
 * Sends a letter, once per key as far as SMTP allows; says whether it had been sent before.
 * Throws 503 when the mail server or the state store is away, or while the same letter is being
 * sent; 422 when the address is refused for good.
 */
export async function sendLetter(
  deps: Deps,
  order: LetterOrder,
): Promise<{ sent: true; alreadySent: boolean }> {
  const { key, to, nickname, locale, letter } = order;
  const claim = await deps.sentLetters.claim(key);
  if (claim === 'sent') return { sent: true, alreadySent: true };
  if (claim === 'sending') {
    throw new Problem(503, 'letter-being-sent', 'This letter is being sent right now', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
  const composed = composeLetter(locale, nickname, letter);
  try {
    await deps.channel.send({ key, to: { name: nickname, address: to }, locale, ...composed });
  } catch (error) {
    await tolerated(deps, key, deps.sentLetters.release(key));
    throw error;
  }
  deps.logger.info({ key, template: letter.template }, 'letter sent');
  await tolerated(deps, key, deps.sentLetters.markSent(key));
  return { sent: true, alreadySent: false };
}

/**
 * What became of the letter is known: a state store that fails now doesn't change the answer,
 * and its key is free again soon.
 */
async function tolerated(deps: Deps, key: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    deps.logger.warn({ err: error, key }, 'what became of a letter could not be remembered');
  }
}
