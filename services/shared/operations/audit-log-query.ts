import { query, type Database } from '../db/data-source';
import { readInBatches } from '../db/read-in-batches';

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

/** Filter of the audit log. */
export interface AuditFilter {
  actor?: string | undefined;
  subject?: string | undefined;
  action?: string | undefined;
  /** Limits of the time: from inclusive, to exclusive. */
  from?: string | undefined;
  to?: string | undefined;
}

/** Page of the audit log. */
export interface AuditPage extends AuditFilter {
  after: AuditPlace | null;
  limit: number;
}

const SELECT = `
SELECT id, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at,
  actor_id AS "actorId", action, subject, details, request_id AS "requestId"
FROM audit_log
WHERE ($1::uuid IS NULL OR actor_id = $1) AND ($2::text IS NULL OR subject = $2)
  AND ($3::text IS NULL OR action = $3)
  AND ($4::timestamptz IS NULL OR at >= $4) AND ($5::timestamptz IS NULL OR at < $5)`;

const NEWEST_FIRST = 'audit_log.at DESC, id DESC';

const LIST = `${SELECT}
  AND ($6::timestamptz IS NULL OR (audit_log.at, id) < ($6, $7::uuid))
ORDER BY ${NEWEST_FIRST} LIMIT $8`;

/** Returns rows of the audit log, newest first; at most `limit`. */
export async function listAuditLog(
  database: Database,
  { actor, subject, action, from, to, after, limit }: AuditPage,
): Promise<AuditRow[]> {
  const params = [actor, subject, action, from, to, after?.at, after?.id, limit];
  return query(database, LIST, params);
}

/** Reads all rows that match a filter, newest first. */
export function exportedAuditLog(
  database: Database,
  { actor, subject, action, from, to }: AuditFilter,
  signal: AbortSignal,
): AsyncGenerator<AuditRow[], void> {
  return readInBatches<AuditRow>(database, {
    name: 'audit-log-export',
    select: SELECT,
    orderBy: NEWEST_FIRST,
    params: [actor, subject, action, from, to].map((value) => value ?? null),
    signal,
  });
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
