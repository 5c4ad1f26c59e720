import { newId } from '../kernel/ids';
import { currentContext } from '../observability/context';
import { query, type Tx } from './data-source';

/** One change and its author. */
export interface AuditEntry {
  /** User id; null when the service acted by itself. */
  actorId: string | null;
  /** `<thing>.<past participle>`, e.g. `payout.retried`. */
  action: string;
  /** Id of the changed thing. */
  subject: string;
  /** Value before and after the change, as JSON: no secrets, bank account numbers masked. */
  before?: unknown;
  after?: unknown;
  /** Reason that the author gave. */
  reason?: string | null;
}

const INSERT = `
INSERT INTO audit_log (id, actor_id, action, subject, details, request_id)
VALUES ($1, $2, $3, $4, $5, $6)`;

/** Writes the audit row in the transaction of the change: both are committed or neither. */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  const { before = null, after = null, reason = null } = entry;
  await query(tx, INSERT, [
    newId(),
    entry.actorId,
    entry.action,
    entry.subject,
    JSON.stringify({ before, after, reason }),
    currentContext().requestId ?? null,
  ]);
}

const INSERT_ALL = `
INSERT INTO audit_log (id, actor_id, action, subject, details, request_id)
SELECT id, actor_id, action, subject, details, $6
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::jsonb[])
  AS change (id, actor_id, action, subject, details)`;

/** Writes the audit rows of many changes in one statement, in the transaction of the changes. */
export async function recordAudits(tx: Tx, entries: readonly AuditEntry[]): Promise<void> {
  await query(tx, INSERT_ALL, [
    entries.map(() => newId()),
    entries.map(({ actorId }) => actorId),
    entries.map(({ action }) => action),
    entries.map(({ subject }) => subject),
    entries.map(({ before = null, after = null, reason = null }) => ({ before, after, reason })),
    currentContext().requestId ?? null,
  ]);
}
