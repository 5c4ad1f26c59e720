import type { Migration } from '../../shared/db/migration';

/** Copies when letters were sent to their attempts. */
export const keepWhenLettersWereSent: Migration = {
  name: 'KeepWhenLettersWereSent1760000000009',
  sql: `
-- Reads every letter ever sent, in a transaction of its own that locks no table.
UPDATE payout_attempts SET letter_sent_at = letter.sent_at
FROM payout_letters AS letter
WHERE letter.payout_id = payout_attempts.payout_id AND letter.attempt_number = number
  AND letter.state = 'sent' AND letter_sent_at IS NULL;
`,
};
