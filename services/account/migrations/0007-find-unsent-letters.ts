import type { MigrationInterface, QueryRunner } from 'typeorm';
import { INDEX_UNSENT_LETTERS } from '../../shared/work/letters/due-letters';

/**
 * Before findings had a column of their own, what an accountant wrote stood where the payee reads:
 * the audit log tells which reasons these are. Outcomes are kept by a trigger, but for this once.
 */
export const MOVE_FINDINGS = `
ALTER TABLE payout_attempts DISABLE TRIGGER payout_attempts_settled_once;
UPDATE payout_attempts SET finding = reason, reason = NULL
FROM audit_log
WHERE action = 'payout.resolved' AND subject = payout_id::text
  AND details ->> 'reason' = reason AND finding IS NULL;
ALTER TABLE payout_attempts ENABLE TRIGGER payout_attempts_settled_once`;

/** What is counted every half a minute is found without reading all letters ever sent. */
const FIND_UNSENT = `
CREATE INDEX payout_letters_unsent ON payout_letters (due_at) WHERE state <> 'sent';
${INDEX_UNSENT_LETTERS}`;

/** Old findings are hidden from payees; letters that were not sent have an index. */
export class FindUnsentLetters1760000000007 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MOVE_FINDINGS);
    await runner.query(FIND_UNSENT);
  }

  /** Migrations only go forward: nobody may read the findings again. */
  async down(): Promise<void> {
    await Promise.reject(new Error('What was hidden is never shown again'));
  }
}
