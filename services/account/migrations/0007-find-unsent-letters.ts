import type { Migration } from '../../shared/db/migration';

/** Old findings are hidden from payees; letters that were not sent have an index. */
export const findUnsentLetters: Migration = {
  name: 'FindUnsentLetters1760000000007',
  sql: `
-- Before findings had a column of their own, what an accountant wrote stood where the payee reads:
-- the audit log tells which reasons these are. Outcomes are kept by a trigger, but for this once.
ALTER TABLE payout_attempts DISABLE TRIGGER payout_attempts_settled_once;
UPDATE payout_attempts SET finding = reason, reason = NULL
FROM audit_log
WHERE action = 'payout.resolved' AND subject = payout_id::text
  AND details ->> 'reason' = reason AND finding IS NULL;
ALTER TABLE payout_attempts ENABLE TRIGGER payout_attempts_settled_once;

-- What is counted every half a minute is found without reading all letters ever sent.
CREATE INDEX payout_letters_unsent ON payout_letters (due_at) WHERE state <> 'sent';
CREATE INDEX due_letters_unsent ON due_letters (due_at) WHERE state <> 'sent';
`,
};
