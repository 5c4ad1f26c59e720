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
