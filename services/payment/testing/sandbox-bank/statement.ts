import type Router from '@koa/router';
import { z } from 'zod';
import { moment } from '../../../shared/contracts/fields';
import { query, type Database } from '../../../shared/db/data-source';
import { checked } from '../../../shared/http/request-checks';

const LINES = 1_000;

const statementQuery = z.strictObject({
  from: moment,
  to: moment,
  after: z
    .string()
    .regex(/^\d{1,18}$/)
    .default('0'),
});

/** Positions are handed out in the order of time. */
const BOOKED = `
SELECT position::text AS position, reference, amount::text AS amount, currency, account,
  booked_at AS "bookedAt"
FROM transfers
WHERE status = 'executed' AND booked_at >= $1 AND booked_at < $2 AND position > $3
ORDER BY position LIMIT ${LINES}`;

/** Adds `GET /statement?from&to&after`: executed transfers of a span of time, in pages. */
export function addStatement(router: Router, database: Database): void {
  router.get('/statement', async (ctx) => {
    const asked = checked(statementQuery, { ...ctx.query }, 'query') as z.infer<
      typeof statementQuery
    >;
    const params = [asked.from, asked.to, asked.after];
    const items = await query<{ position: string }>(database, BOOKED, params);
    ctx.body = { items, next: items.length < LINES ? null : items.at(-1)!.position };
  });
}
