import { Problem } from '../../shared/kernel/errors';
import { claimLetter, markLetterSent, releaseLetter } from '../clients/sent-letters';
import type { NotifyContext } from '../context';
import type { Content, Locale } from '../domain/language';
import { composeLetter } from '../domain/letter';

/** A letter to send, once per key. */
export interface LetterOrder {
  key: string;
  to: string;
  nickname: string;
  locale: Locale;
  letter: Content;
}

const RETRY_AFTER_SECONDS = 2;

/**
 * Sends a letter, once per key as far as SMTP allows; returns whether it had been sent before.
 * Throws 503 when the mail server or the state store is away, 503 `letter-being-sent` while the
 * same letter is being sent, 422 `address-refused` when the address reaches nobody.
 */
export async function sendLetter(
  context: NotifyContext,
  order: LetterOrder,
): Promise<{ sent: true; alreadySent: boolean }> {
  const { key, to, nickname, locale, letter } = order;
  const claim = await claimLetter(context.store, key);
  if (claim === 'sent') return { sent: true, alreadySent: true };
  if (claim === 'sending') {
    throw new Problem(503, 'letter-being-sent', 'This letter is being sent right now', {
      retryAfterSeconds: RETRY_AFTER_SECONDS,
    });
  }
  const composed = composeLetter(locale, nickname, letter);
  try {
    await context.channel.send({ key, to: { name: nickname, address: to }, locale, ...composed });
  } catch (error) {
    await tolerated(context, key, releaseLetter(context.store, key));
    throw error;
  }
  context.logger.info({ key, template: letter.template }, 'letter sent');
  await tolerated(context, key, markLetterSent(context.store, key));
  return { sent: true, alreadySent: false };
}

/**
 * Awaits work of the state store and tolerates its failure: the letter's fate is known, the answer
 * stays the same, and the key is free again soon.
 */
async function tolerated(context: NotifyContext, key: string, work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    context.logger.warn({ err: error, key }, 'what became of a letter could not be remembered');
  }
}
