import type { LetterContent } from '../../contracts/calls/notify';
import type { Locale } from '../../contracts/fields';
import { query, type Tx } from '../../db/data-source';
import { newId } from '../../kernel/ids';

/** Whom a letter goes to. */
export interface LetterRecipient {
  to: string;
  nickname: string;
  locale: Locale;
  /** An address of before: nobody has to do anything when it does not exist any more. */
  mayBeGone?: true;
}

/** What is owed to whom; without recipient when only their id is known. */
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

/** Notes that a letter is due; it is sent if and only if the transaction commits. */
export async function oweLetter(tx: Tx, letter: OwedLetter, now: Date): Promise<void> {
  await oweLetters(tx, [{ id: newId(), ...letter }], now);
}

/**
 * The same for many, each with the key that Notify shall know it by. One that is owed already is
 * not owed twice.
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
