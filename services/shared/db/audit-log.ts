import { newId } from '../kernel/ids';
import { currentContext } from '../observability/context';
import { query, type Tx } from './data-source';
import { revokeFromApp } from './grants';

/** SQL of the audit log, for services that change rights or money: one row per change. */
export const CREATE_AUDIT_LOG = `
CREATE TABLE audit_log (
  id uuid PRIMARY KEY,
  at timestamptz NOT NULL DEFAULT now(),
  actor_id uuid,
  action text NOT NULL,
  subject text NOT NULL,
  details jsonb NOT NULL,
  request_id text
);
CREATE INDEX audit_log_newest ON audit_log (at DESC, id DESC);
${revokeFromApp('UPDATE, DELETE', 'audit_log')}`;

/** One change and its author. */
export interface AuditEntry {
  /** User id; null when the service acted by itself. */
  actorId: string | null;
  /** `<thing>.<past participle>`, e.g. `payout.retried`. */
  action: string;
  /** Id of the changed thing. */
  subject: string;
  /** The change, as JSON: no secrets, bank account numbers masked. */
  details: object;
}

const INSERT = `
INSERT INTO audit_log (id, actor_id, action, subject, details, request_id)
VALUES ($1, $2, $3, $4, $5, $6)`;

/** Writes the audit row in the transaction of the change: both are committed or neither. */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await query(tx, INSERT, [
    newId(),
    entry.actorId,
    entry.action,
    entry.subject,
    JSON.stringify(entry.details),
    currentContext().requestId ?? null,
  ]);
}
