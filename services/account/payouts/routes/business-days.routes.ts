import { csvAnswer, csvFile } from '../../../shared/http/csv/csv-answer';
import { decodeCursor, toPage } from '../../../shared/http/cursor';
import { ok, RouteTable, type Route } from '../../../shared/http/route';
import type { AccountContext } from '../../context';
import { policies } from '../../policies';
import { closeBusinessDay } from '../commands/close-business-day';
import { decisionRequest } from '../domain/decision';
import { listDays, previewClosing, readDay, type DayFigures } from '../queries/day-figures';
import { exportedDays } from '../queries/exported-days';
import { dayColumns } from './business-days-file.presenter';
import { presentDay } from './business-days.presenter';
import * as schemas from './business-days.schemas';

const tag = 'business days';
const params = schemas.dayParams;
const answers = { 200: schemas.dayView };

/**
 * Returns the routes of business days and of closing by hand; `mayBeEarly` allows closing a day
 * before it begins.
 */
export function businessDaysRoutes(context: AccountContext, mayBeEarly: boolean): readonly Route[] {
  const present = (figures: DayFigures): ReturnType<typeof presentDay> =>
    presentDay(figures, context.currency);
  return new RouteTable(policies)
    .on('GET /business-days', {
      summary: 'Business days, newest first, with the open one',
      tag,
      query: schemas.daysQuery,
      answers: { 200: schemas.daysPage },
      handle: async ({ query: { cursor, limit } }) => {
        const after = decodeCursor(cursor, schemas.dayPlace)?.day ?? null;
        const rows = await listDays(context, { after, limit: limit + 1 });
        return ok(toPage(rows, limit, present, ({ day }) => ({ day })));
      },
    })
    .on('GET /business-days.csv', {
      summary: 'All business days as a file, newest first',
      tag,
      query: schemas.daysFileQuery,
      answers: { 200: csvFile },
      handle: ({ query: { locale }, signal }) => {
        const { currency, calendar } = context;
        return csvAnswer({
          name: ['business-days'],
          columns: dayColumns,
          batches: exportedDays(context, signal),
          format: { locale, currency, timeZone: calendar.timeZone },
        });
      },
    })
    .on('GET /business-days/{day}', {
      summary: 'One business day',
      tag,
      params,
      answers,
      handle: async ({ params: { day } }) => ok(present(await readDay(context, day))),
    })
    .on('POST /business-days/{day}/close', {
      summary: 'Close the open day now; with dryRun, only show what that would do',
      tag,
      params,
      query: schemas.closingQuery,
      answers,
      handle: async ({ params: { day }, query: { dryRun }, ...asked }) => {
        if (dryRun) return ok(present(await previewClosing(context, day, mayBeEarly)));
        const closing = { day, request: decisionRequest(asked, {}), mayBeEarly };
        return ok(await closeBusinessDay(context, closing, present));
      },
    }).routes;
}
