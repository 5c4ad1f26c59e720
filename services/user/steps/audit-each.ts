import type { AuditEntry } from '../../shared/db/audit-log';
import { query, type Tx } from '../../shared/db/data-source';
import { publishingContext } from '../../shared/messaging/outbox';

const INSERT = `
INSERT INTO audit_log (id, actor_id, action, subject, details, request_id)
SELECT uuid_v7(), $2, $3, subject, $4, $5 FROM unnest($1::text[]) AS subject`;

/** Writes the same audit row about each of these subjects, in one statement. */
export async function auditEach(
  tx: Tx,
  subjects: readonly string[],
  entry: Omit<AuditEntry, 'subject'>,
): Promise<void> {
  if (subjects.length === 0) return;
  const { before = null, after = null, reason = null } = entry;
  const details = JSON.stringify({ before, after, reason });
  const [, requestId] = publishingContext();
  await query(tx, INSERT, [subjects, entry.actorId, entry.action, details, requestId]);
}
