import { query } from '../../../shared/db/data-source';
import { oweLetters } from '../../../shared/work/letters/due-letters';
import type { AccountContext } from '../../context';
import { payoutLetter, type PayoutNews } from '../domain/payout-letter';

/** Letters that one transaction moves at most. */
const BATCH = 500;

const TAKE = `
WITH taken AS (
  DELETE FROM payout_letters WHERE (payout_id, attempt_number) IN (
    SELECT payout_id, attempt_number FROM payout_letters WHERE state <> 'sent'
    ORDER BY due_at LIMIT ${BATCH} FOR UPDATE SKIP LOCKED)
  RETURNING payout_id, attempt_number, state, due_at
)
SELECT taken.payout_id AS "payoutId", number AS "attemptNumber", user_id AS "userId", day,
  amount_cents AS "amountCents", outcome, attempt.reason, taken.state, due_at AS "dueAt"
FROM taken
JOIN payouts ON payouts.id = taken.payout_id
JOIN accounts ON accounts.id = account_id
JOIN payout_attempts AS attempt
  ON attempt.payout_id = taken.payout_id AND number = taken.attempt_number`;

const NOTE = `
UPDATE payout_attempts SET letter_id = moved.letter_id
FROM unnest($1::uuid[], $2::integer[], $3::uuid[]) AS moved (payout_id, number, letter_id)
WHERE payout_attempts.payout_id = moved.payout_id AND payout_attempts.number = moved.number`;

/** Given up letters stay given up, and may be sent by hand like others. */
const GIVE_UP = `UPDATE due_letters SET state = 'failed' WHERE id = ANY ($1::uuid[])`;

interface OldLetter extends PayoutNews {
  state: 'due' | 'failed';
  dueAt: Date;
}

/**
 * Moves unsent letters of the previous version to the queue of letters; returns how many. Each
 * keeps its key at Notify, so that a letter the previous version is sending, or sent without
 * recording it, is not sent twice. To be removed with `payout_letters` in the next release (ADR
 * 0032).
 */
export async function moveOldLetters({ database, currency }: AccountContext): Promise<number> {
  return database.transaction(async (tx) => {
    const taken = await query<OldLetter>(tx, TAKE);
    if (taken.length === 0) return 0;
    const letters = taken.map((old) => ({ ...old, ...payoutLetter(old, currency) }));
    for (const letter of letters) await oweLetters(tx, [letter], letter.dueAt);
    await query(tx, NOTE, [
      letters.map(({ payoutId }) => payoutId),
      letters.map(({ attemptNumber }) => attemptNumber),
      letters.map(({ id }) => id),
    ]);
    const givenUp = letters.filter(({ state }) => state === 'failed');
    await query(tx, GIVE_UP, [givenUp.map(({ id }) => id)]);
    return taken.length;
  });
}
