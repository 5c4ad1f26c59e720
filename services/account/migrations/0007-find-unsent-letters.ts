import type { Migration } from '../../shared/db/migration';

/** Moves old findings out of the payee's sight; index of unsent letters. */
export const findUnsentLetters: Migration = {
  name: 'FindUnsentLetters1760000000007',
  sql: `
-- Findings of accountants were stored in reason, which the payee reads; the audit log identifies
-- them. The trigger that protects outcomes is disabled for this statement only.
ALTER TABLE payout_attempts DISABLE TRIGGER payout_attempts_settled_once;
UPDATE payout_attempts SET finding = reason, reason = NULL
FROM audit_log
WHERE action = 'payout.resolved' AND subject = payout_id::text
  AND details ->> 'reason' = reason AND finding IS NULL;
ALTER TABLE payout_attempts ENABLE TRIGGER payout_attempts_settled_once;

-- Gauges count unsent letters every 30 s without reading the sent ones.
CREATE INDEX payout_letters_unsent ON payout_letters (due_at) WHERE state <> 'sent';
CREATE INDEX due_letters_unsent ON due_letters (due_at) WHERE state <> 'sent';
`,
};
