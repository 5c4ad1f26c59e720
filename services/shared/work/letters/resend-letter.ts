import { recordAudit } from '../../db/audit-log';
import { query, type Database, type Tx } from '../../db/data-source';
import { conflict, notFound } from '../../kernel/errors';

/** State of an unsent letter for people: `given-up` is `failed` in the table. */
export const unsentStates = ['given-up', 'due'] as const;
export type UnsentState = (typeof unsentStates)[number];

/** Letter in the queue that was not sent. */
export interface UnsentLetter {
  id: string;
  userId: string;
  template: string;
  /** Address; null when it is asked from User at the sending. */
  to: string | null;
  state: UnsentState;
  dueAt: Date;
  /** Next attempt of a due letter; the time when a given-up one was given up. */
  nextTryAt: Date;
  tries: number;
  /** `dueAt` with microseconds, for the cursor. */
  place: string;
}

/** Place in the list of letters: after this letter. */
export interface LetterPlace {
  place: string;
  id: string;
}

const STORED: Record<UnsentState, string> = { 'given-up': 'failed', due: 'due' };

const COLUMNS = `
id, user_id AS "userId", content->>'template' AS template, recipient->>'to' AS to,
CASE state WHEN 'failed' THEN 'given-up' ELSE state END AS state, due_at AS "dueAt",
next_try_at AS "nextTryAt", tries,
to_char(due_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS place`;

const LIST = `
SELECT ${COLUMNS} FROM due_letters
WHERE state = $1 AND ($2::timestamptz IS NULL OR (due_at, id) < ($2, $3::uuid))
ORDER BY due_at DESC, id DESC LIMIT $4`;

/** Returns letters that were given up, or that wait to be sent; newest first, at most `limit`. */
export async function listUnsentLetters(
  database: Database,
  state: UnsentState,
  { after, limit }: { after: LetterPlace | null; limit: number },
): Promise<UnsentLetter[]> {
  return query(database, LIST, [STORED[state], after?.place, after?.id, limit]);
}

/** A day of attempts begins anew: the deadline counts from `due_at`. */
const RESEND = `
UPDATE due_letters SET state = 'due', due_at = now(), next_try_at = now(), tries = 0
WHERE id = $1 AND state = 'failed' RETURNING id`;

const READ = `SELECT ${COLUMNS} FROM due_letters WHERE id = $1`;

async function readLetter(tx: Tx, id: string): Promise<UnsentLetter> {
  const [letter] = await query<UnsentLetter>(tx, READ, [id]);
  if (!letter) throw notFound('Letter');
  return letter;
}

/**
 * Puts a given-up letter back into the queue, for another day of attempts. Its id stays the key at
 * Notify: a letter that was sent after all is not sent twice. Returns it. Throws 404, and 409
 * `not-given-up`.
 */
export async function resendLetter(
  database: Database,
  actorId: string,
  id: string,
): Promise<UnsentLetter> {
  return database.transaction(async (tx) => {
    const before = await readLetter(tx, id);
    const resent = await query(tx, RESEND, [id]);
    const letter = await readLetter(tx, id);
    if (resent.length === 0) {
      const detail = `It is ${letter.state}`;
      throw conflict('not-given-up', 'Only a letter that was given up is sent again', detail);
    }
    await recordAudit(tx, {
      actorId,
      action: 'letter.resent',
      subject: id,
      before: { state: before.state, tries: before.tries },
      after: { state: letter.state, template: letter.template, userId: letter.userId },
    });
    return letter;
  });
}
