import { BATCH, deleteInBatches } from '../../shared/db/delete-in-batches';
import { everyStep } from '../../shared/kernel/every-step';
import type { UserContext } from '../context';
import { FORMER_FOR, SETTLED_FOR } from '../domain/retention';

/** The limit of sign-ups starts again after an hour. */
const SIGN_UPS = `
DELETE FROM sign_ups WHERE address IN (
  SELECT address FROM sign_ups WHERE since <= $1::timestamptz - interval '1 hour' LIMIT ${BATCH})
RETURNING address`;

const FORMER_EMAILS = `
DELETE FROM former_emails WHERE (user_id, email) IN (
  SELECT user_id, email FROM former_emails
  WHERE until <= $1::timestamptz - interval '${FORMER_FOR}' LIMIT ${BATCH})
RETURNING user_id`;

const SETTLED_CHANGES = `
DELETE FROM beak_shape_changes WHERE id IN (
  SELECT id FROM beak_shape_changes
  WHERE state <> 'asked' AND asked_at <= $1::timestamptz - interval '${SETTLED_FOR}'
  LIMIT ${BATCH})
RETURNING id`;

/**
 * Deletes expired rows: counts of sign-ups, former addresses, settled changes of beak shapes. A
 * failed statement does not stop the others.
 */
export async function forgetOld({ database }: UserContext, now: Date): Promise<void> {
  const statements = [SIGN_UPS, FORMER_EMAILS, SETTLED_CHANGES];
  await everyStep(statements.map((sql) => () => deleteInBatches(database, sql, [now])));
}
