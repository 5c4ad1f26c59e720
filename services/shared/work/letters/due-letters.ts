import type { LetterContent } from '../../contracts/calls/notify';
import type { Locale } from '../../contracts/fields';
import { query, type Tx } from '../../db/data-source';
import { newId } from '../../kernel/ids';

/**
 * Letters that a change owes somebody, written in the transaction of the change; for a migration.
 * The id is the letter's key at Notify, so a repeat after a crash is no second letter.
 */
export const CREATE_DUE_LETTERS = `
CREATE TABLE due_letters (
  id uuid PRIMARY KEY,
  user_id uuid NOT NULL,
  -- Address, nickname and language at the moment of the change; null where they are asked for
  -- when the letter is sent.
  recipient jsonb,
  content jsonb NOT NULL,
  state text NOT NULL DEFAULT 'due' CHECK (state IN ('due', 'sent', 'failed')),
  due_at timestamptz NOT NULL,
  -- Nobody takes the letter up before this: somebody has it, or it rests between two tries.
  next_try_at timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0
);
CREATE INDEX due_letters_due ON due_letters (next_try_at) WHERE state = 'due'`;

/** What the gauges count is found without reading all that were ever sent; for a migration. */
export const INDEX_UNSENT_LETTERS = `
CREATE INDEX due_letters_unsent ON due_letters (due_at) WHERE state <> 'sent'`;

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
