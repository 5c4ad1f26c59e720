import type { LetterContent } from '../../contracts/calls/notify';
import type { Locale } from '../../contracts/fields';
import { query, type Tx } from '../../db/data-source';
import { newId } from '../../kernel/ids';

/** Recipient of a letter. */
export interface LetterRecipient {
  to: string;
  nickname: string;
  locale: Locale;
  /** A former address of the person: a letter that cannot reach it is dropped without an error. */
  mayBeGone?: true;
}

/** Letter to be sent; `recipient` is `null` when the address is asked from User. */
export interface OwedLetter {
  userId: string;
  recipient: LetterRecipient | null;
  content: LetterContent;
}

const OWE = `
INSERT INTO due_letters (id, user_id, recipient, content, due_at, next_try_at)
SELECT id, user_id, recipient, content, $5, $5
FROM unnest($1::uuid[], $2::uuid[], $3::jsonb[], $4::jsonb[])
  AS letter (id, user_id, recipient, content)
ON CONFLICT (id) DO NOTHING`;

/** Adds a letter to the queue of letters; it is sent if and only if the transaction commits. */
export async function oweLetter(tx: Tx, letter: OwedLetter, now: Date): Promise<void> {
  await oweLetters(tx, [{ id: newId(), ...letter }], now);
}

/**
 * Adds letters to the queue of letters; `id` is the idempotency key at Notify. An id that is
 * already queued is ignored.
 */
export async function oweLetters(
  tx: Tx,
  letters: readonly (OwedLetter & { id: string })[],
  now: Date,
): Promise<void> {
  await query(tx, OWE, [
    letters.map(({ id }) => id),
    letters.map(({ userId }) => userId),
    letters.map(({ recipient }) => recipient),
    letters.map(({ content }) => content),
    now,
  ]);
}
