import { query, type Database } from '../db/data-source';

/** Place in the audit log: after this row; `at` has microseconds. */
export interface AuditPlace {
  at: string;
  id: string;
}

/** Row of the audit log. */
export interface AuditRow {
  id: string;
  /** ISO 8601, UTC, with microseconds. */
  at: string;
  actorId: string | null;
  action: string;
  subject: string;
  details: Record<string, unknown>;
  requestId: string | null;
}

/** Filter and page of the audit log. */
export interface AuditFilter {
  actor?: string | undefined;
  subject?: string | undefined;
  action?: string | undefined;
  /** Limits of the time: from inclusive, to exclusive. */
  from?: string | undefined;
  to?: string | undefined;
  after: AuditPlace | null;
  limit: number;
}

const LIST = `
SELECT id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
  actor_id AS "actorId", action, subject, details, request_id AS "requestId"
FROM audit_log
WHERE ($1::uuid IS NULL OR actor_id = $1) AND ($2::text IS NULL OR subject = $2)
  AND ($3::text IS NULL OR action = $3)
  AND ($4::timestamptz IS NULL OR at >= $4) AND ($5::timestamptz IS NULL OR at < $5)
  AND ($6::timestamptz IS NULL OR (at, id) < ($6, $7::uuid))
ORDER BY at DESC, id DESC LIMIT $8`;

/** Returns rows of the audit log, newest first; at most `limit`. */
export async function listAuditLog(
  database: Database,
  { actor, subject, action, from, to, after, limit }: AuditFilter,
): Promise<AuditRow[]> {
  const params = [actor, subject, action, from, to, after?.at, after?.id, limit];
  return query(database, LIST, params);
}

/** Audit row as the API shows it. */
export interface AuditView extends Omit<AuditRow, 'details'> {
  before: unknown;
  after: unknown;
  reason: string | null;
  /** Fields that rows of older versions have besides. */
  details?: Record<string, unknown>;
}

/** Presents a row. Rows of older versions say `from` and `to` for `before` and `after`. */
export function presentAudit({ details, ...row }: AuditRow): AuditView {
  const { before, after, from, to, reason, ...rest } = details;
  return {
    ...row,
    before: before ?? from ?? null,
    after: after ?? to ?? null,
    reason: typeof reason === 'string' ? reason : null,
    ...(Object.keys(rest).length > 0 && { details: rest }),
  };
}
