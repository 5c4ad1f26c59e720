import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Reads every letter ever sent, in a transaction of its own that locks no table. */
export const KEEP_WHEN_SENT = `
UPDATE payout_attempts SET letter_sent_at = letter.sent_at
FROM payout_letters AS letter
WHERE letter.payout_id = payout_attempts.payout_id AND letter.attempt_number = number
  AND letter.state = 'sent' AND letter_sent_at IS NULL`;

/** When letters were sent before is known to their attempts. */
export class KeepWhenLettersWereSent1760000000009 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('SET LOCAL statement_timeout = 0');
    await runner.query(KEEP_WHEN_SENT);
  }

  /** Migrations only go forward: it would not be known any more when letters were sent. */
  async down(): Promise<void> {
    await Promise.reject(new Error('When letters were sent is never dropped'));
  }
}
