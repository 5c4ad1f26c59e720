import { z } from 'zod';
import { day, moment, money, uuid } from '../../shared/contracts/fields';
import type { Sidecar } from '../../shared/dapr/sidecar';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { policies } from '../policies';
import { belowZero } from '../queries/below-zero';
import type { Books } from '../queries/books';
import { dearestTasks, type Period } from '../queries/dearest-task';
import { earnings } from '../queries/earnings';

const range = { from: day.optional(), to: day.optional() };
const rangeQuery = z.strictObject(range);

const earningsAnswer = z
  .object({
    items: z.array(z.object({ day, fees: money, rewards: money, earned: money })),
  })
  .meta({ id: 'Earnings' });

const belowZeroAnswer = z
  .object({
    count: z.int(),
    items: z.array(z.object({ userId: uuid, nickname: z.string(), balance: money, since: moment })),
  })
  .meta({ id: 'BelowZero' });

const finishedTask = z.object({
  id: uuid,
  title: z.string().nullable(),
  jiraId: z.string().nullable(),
  price: money,
  fee: money,
  reward: money,
  assigneeId: uuid,
  finishedAt: moment,
});

const dearestAnswer = z
  .object({
    items: z.array(z.object({ from: day, to: day, task: finishedTask.nullable() })),
    tasksUnavailable: z.boolean(),
  })
  .meta({ id: 'DearestTasks' });

/** `day`, `week`, `month`: one task for each of them; `<from>,<to>`: one for those days. */
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

/** Figures for the top management, all by business days. */
export function analyticsRoutes(books: Books, sidecar: Sidecar): Route[] {
  return new RouteTable(policies)
    .on('GET /analytics/earnings', {
      summary: 'What the company earned by day: fees minus rewards, newest first',
      tag: 'analytics',
      query: rangeQuery,
      answers: { 200: earningsAnswer },
      handle: async ({ query }) => ok({ items: await earnings(books, query) }),
    })
    .on('GET /analytics/below-zero', {
      summary: 'Who has a balance below zero now',
      tag: 'analytics',
      answers: { 200: belowZeroAnswer },
      handle: async () => ok(await belowZero(books)),
    })
    .on('GET /analytics/dearest-task', {
      summary: 'The most expensive task finished in a day, a week, a month or any range',
      tag: 'analytics',
      query: dearestQuery,
      answers: { 200: dearestAnswer },
      handle: async ({ query }) => ok(await dearestTasks(books, sidecar, askedPeriod(query))),
    }).routes;
}
