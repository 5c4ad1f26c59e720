import { z } from 'zod';
import { day } from '../../../shared/contracts/fields';
import type { Sidecar } from '../../../shared/dapr/sidecar';
import { RouteTable, ok, type Route } from '../../../shared/http/route';
import type { AccountContext } from '../../context';
import { policies } from '../../policies';
import { belowZero } from '../queries/below-zero';
import { dearestTasks, type Period } from '../queries/dearest-task';
import { earnings } from '../queries/earnings';
import { presentBelowZero, presentDearest, presentEarnings } from './analytics.presenter';
import { belowZeroView, dearestView, earningsView } from './analytics.schemas';

const range = { from: day.optional(), to: day.optional() };
const rangeQuery = z.strictObject(range);

/** `day`, `week` or `month`: one task for each period; `<from>,<to>`: one task for the range. */
const periodName = z.enum(['day', 'week', 'month']);
const periodRange = z
  .string()
  .regex(/^[\d-]{10},[\d-]{10}$/)
  .transform((text) => text.split(','))
  .pipe(z.tuple([day, day]));

const dearestQuery = z.strictObject({
  ...range,
  period: z.union([periodName, periodRange]).optional(),
});

function askedPeriod({ period, from, to }: z.infer<typeof dearestQuery>): {
  period: Period;
  from?: string | undefined;
  to?: string | undefined;
} {
  if (Array.isArray(period)) return { period: 'range', from: period[0], to: period[1] };
  return { period: period ?? 'range', from, to };
}

/** Returns the routes of analytics for the top management, by business day. */
export function analyticsRoutes(context: AccountContext, sidecar: Sidecar): Route[] {
  return new RouteTable(policies)
    .on('GET /analytics/earnings', {
      summary: 'What the company earned by day: fees minus rewards, newest first',
      tag: 'analytics',
      query: rangeQuery,
      answers: { 200: earningsView },
      handle: async ({ query }) =>
        ok(presentEarnings(await earnings(context, query), context.currency)),
    })
    .on('GET /analytics/below-zero', {
      summary: 'Who has a balance below zero now',
      tag: 'analytics',
      answers: { 200: belowZeroView },
      handle: async () => ok(presentBelowZero(await belowZero(context), context.currency)),
    })
    .on('GET /analytics/dearest-task', {
      summary: 'The most expensive task finished in a day, a week, a month or any range',
      tag: 'analytics',
      query: dearestQuery,
      answers: { 200: dearestView },
      handle: async ({ query }) => {
        const dearest = await dearestTasks(context, sidecar, askedPeriod(query));
        return ok(presentDearest(dearest, context.currency));
      },
    }).routes;
}
