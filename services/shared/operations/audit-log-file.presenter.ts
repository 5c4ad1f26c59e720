import { momentColumn, plainColumn, textColumn, type CsvColumn } from '../http/csv/columns';
import { presentAudit, type AuditRow } from './audit-log-query';

/** Values of people and of ours, as JSON unless they are plain text. */
function text(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Columns of a file of the audit log. */
export const auditLogColumns: readonly CsvColumn<AuditRow>[] = [
  momentColumn({ en: 'Time', ru: 'Время' }, ({ at }) => new Date(at)),
  plainColumn({ en: 'Who', ru: 'Кто' }, ({ actorId }) => actorId),
  plainColumn({ en: 'Action', ru: 'Действие' }, ({ action }) => action),
  textColumn({ en: 'Subject', ru: 'Предмет' }, ({ subject }) => subject),
  textColumn({ en: 'Before', ru: 'Было' }, (row) => text(presentAudit(row).before)),
  textColumn({ en: 'After', ru: 'Стало' }, (row) => text(presentAudit(row).after)),
  textColumn({ en: 'Reason', ru: 'Причина' }, (row) => presentAudit(row).reason),
  textColumn({ en: 'Details', ru: 'Подробности' }, (row) => text(presentAudit(row).details)),
  plainColumn({ en: 'Request id', ru: 'Id запроса' }, ({ requestId }) => requestId),
  plainColumn({ en: 'Id', ru: 'Id' }, ({ id }) => id),
];
