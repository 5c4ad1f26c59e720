import { MAX_LETTER_KEYS, unsentLetters } from '../../contracts/calls/notify';
import { call } from '../../dapr/invoke';
import type { Sidecar } from '../../dapr/sidecar';
import { query, type Database } from '../../db/data-source';

/** Longer than the interval of reconciliations, so that each letter is compared at least once. */
const SENT_WITHIN = '3 hours';
const MAX_COMPARED = 2_000;

/** `next_try_at` of a sent letter is the time when it was sent. */
const SENT = `
SELECT id FROM due_letters
WHERE state = 'sent' AND next_try_at > now() - interval '${SENT_WITHIN}'
ORDER BY next_try_at DESC LIMIT ${MAX_COMPARED}`;

/**
 * Asks Notify for the letters that this service sent lately; returns the ids of those that Notify
 * does not know as sent. Its memory is its only proof: a state store that was restored, or failed
 * right after a sending, shows here. Throws 503 when Notify is away.
 */
export async function compareLetters(database: Database, sidecar: Sidecar): Promise<string[]> {
  const rows = await query<{ id: string }>(database, SENT);
  const unknown: string[] = [];
  for (let first = 0; first < rows.length; first += MAX_LETTER_KEYS) {
    const keys = rows.slice(first, first + MAX_LETTER_KEYS).map(({ id }) => id);
    const answer = await call(sidecar, unsentLetters, { body: { keys } });
    unknown.push(...answer.keys);
  }
  return unknown.sort();
}
