import { z } from 'zod';
import { moment, storableText, uuid } from '../contracts/fields';
import { pageOf, pageQuery } from '../contracts/paging';
import type { Database } from '../db/data-source';
import { csvAnswer, csvFile, csvQuery } from '../http/csv/csv-answer';
import { decodeCursor, toPage } from '../http/cursor';
import { ok, RouteTable, type Route } from '../http/route';
import type { Parts } from '../runtime/parts';
import { auditLogColumns } from './audit-log-file.presenter';
import { exportedAuditLog, listAuditLog, presentAudit } from './audit-log-query';
import { routesOf, serviceParams } from './own-service';
import { auditLogPolicies } from './policies';

const MAX_SUBJECT = 200;
const MAX_ACTION = 100;

const auditFilter = {
  actor: uuid.optional(),
  subject: storableText(MAX_SUBJECT).optional(),
  action: storableText(MAX_ACTION).optional(),
  from: moment.optional(),
  to: moment.optional(),
};
const auditLogQuery = z.strictObject({ ...pageQuery, ...auditFilter });
const auditFileQuery = z.strictObject({ ...csvQuery, ...auditFilter });

const auditView = z
  .object({
    id: uuid,
    at: moment,
    actorId: uuid.nullable().meta({ description: 'null: the service acted by itself' }),
    action: z.string().meta({ example: 'payout.retried' }),
    subject: z.string().meta({ description: 'Id of the changed thing' }),
    before: z.unknown(),
    after: z.unknown(),
    reason: z.string().nullable(),
    details: z.record(z.string(), z.unknown()).optional(),
    requestId: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' });

const auditPlace = z.strictObject({ at: moment, id: uuid });

/** Returns the routes of a service's audit log. */
export function auditLogRoutes(
  { name, env }: Pick<Parts, 'name' | 'env'>,
  database: Database,
): Route[] {
  const table = new RouteTable(auditLogPolicies)
    .on('GET /operations/{service}/audit-log', {
      summary: 'Who changed what of rights and money, newest first',
      tag: 'operations',
      params: serviceParams,
      query: auditLogQuery,
      answers: { 200: pageOf(auditView) },
      handle: async ({ query: { cursor, limit, ...filter } }) => {
        const after = decodeCursor(cursor, auditPlace);
        const rows = await listAuditLog(database, { ...filter, after, limit: limit + 1 });
        return ok(toPage(rows, limit, presentAudit, ({ at, id }) => ({ at, id })));
      },
    })
    .on('GET /operations/{service}/audit-log.csv', {
      summary: 'Who changed what of rights and money, as a file, newest first',
      tag: 'operations',
      params: serviceParams,
      query: auditFileQuery,
      answers: { 200: csvFile },
      handle: ({ query: { locale, ...filter }, signal }) =>
        csvAnswer({
          name: ['audit-log', name],
          columns: auditLogColumns,
          batches: exportedAuditLog(database, filter, signal),
          format: { locale, timeZone: env.BUSINESS_TIME_ZONE, currency: null },
        }),
    });
  return routesOf(name, table);
}
