import type { Migration } from '../../shared/db/migration';

/** What a line of a statement says: when it was booked, why and by whom. */
export const readStatements: Migration = {
  name: 'ReadStatements1760000000015',
  sql: `
-- The new columns are the last ones: the previous version reads the view by its names.
CREATE OR REPLACE VIEW entries AS
SELECT debit_account_id AS account_id, -amount_cents AS amount_cents, business_day, position,
  id, kind, task_id, assignment_number, payout_id, reverses_id, occurred_at,
  posted_at, reason, author_id
FROM transfers
UNION ALL
SELECT credit_account_id, amount_cents, business_day, position,
  id, kind, task_id, assignment_number, payout_id, reverses_id, occurred_at,
  posted_at, reason, author_id
FROM transfers;
`,
};
