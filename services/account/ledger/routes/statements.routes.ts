import type { z } from 'zod';
import type { Sidecar } from '../../../shared/dapr/sidecar';
import { csvAnswer, csvFile } from '../../../shared/http/csv/csv-answer';
import { decodeCursor, toPage } from '../../../shared/http/cursor';
import { RouteTable, ok, type Answer, type Route } from '../../../shared/http/route';
import type { AccountContext } from '../../context';
import { dayRange } from '../../days/queries/day-range';
import { policies } from '../../policies';
import { MANAGEMENT_ACCOUNT_ID } from '../domain/system-accounts';
import { accountIdOf, accountOf } from '../queries/accounts';
import { exportedEntries } from '../queries/exported-entries';
import { statementOf } from '../queries/statement';
import { statementDays } from '../queries/statement-days';
import { entryColumns } from './accounts-file.presenter';
import { presentEntry, presentStatementDay } from './accounts.presenter';
import * as schemas from './accounts.schemas';

const params = schemas.accountParams;
const entries = { query: schemas.entriesQuery, answers: { 200: schemas.entriesPage } };
const file = { query: schemas.entriesFileQuery, answers: { 200: csvFile } };
const days = { query: schemas.daysQuery, answers: { 200: schemas.statementDays } };

/** Returns the statements: the caller's own, the company's and those of all others. */
export function statementsRoutes(context: AccountContext, sidecar: Sidecar): Route[] {
  const shown = statements(context, sidecar);
  return [...ownStatement(context, shown), ...companyStatement(shown), ...others(context, shown)];
}

function ownStatement(context: AccountContext, shown: Statements): Route[] {
  const tag = 'own money';
  return new RouteTable(policies)
    .on('GET /accounts/me/entries', {
      ...entries,
      summary: 'Every fee, reward and payout, newest first, with the task it came from',
      tag,
      handle: async ({ caller, query }) =>
        shown.entries(await accountIdOf(context, caller.id), query),
    })
    .on('GET /accounts/me/entries.csv', {
      ...file,
      summary: 'My statement as a file',
      tag,
      handle: async ({ caller, query, signal }) =>
        shown.file(await ownerOf(context, caller.id), query, signal),
    })
    .on('GET /accounts/me/days', {
      ...days,
      summary: 'My business days, newest first: opening, what moved, closing',
      tag,
      handle: async ({ caller, query }) => shown.days(await accountIdOf(context, caller.id), query),
    }).routes;
}

function companyStatement(shown: Statements): Route[] {
  const tag = 'all money';
  const company: Owner = { accountId: MANAGEMENT_ACCOUNT_ID, name: 'company' };
  return new RouteTable(policies)
    .on('GET /accounts/company/entries', {
      ...entries,
      summary: 'The statement of the company',
      tag,
      handle: ({ query }) => shown.entries(company.accountId, query),
    })
    .on('GET /accounts/company/entries.csv', {
      ...file,
      summary: 'The statement of the company as a file',
      tag,
      handle: ({ query, signal }) => shown.file(company, query, signal),
    })
    .on('GET /accounts/company/days', {
      ...days,
      summary: 'The business days of the company, newest first',
      tag,
      handle: ({ query }) => shown.days(company.accountId, query),
    }).routes;
}

function others(context: AccountContext, shown: Statements): Route[] {
  const tag = 'all money';
  return new RouteTable(policies)
    .on('GET /accounts/{userId}/entries', {
      ...entries,
      summary: 'The statement of one person',
      tag,
      params,
      handle: async ({ params: { userId }, query }) =>
        shown.entries(await accountIdOf(context, userId), query),
    })
    .on('GET /accounts/{userId}/entries.csv', {
      ...file,
      summary: 'The statement of one person as a file',
      tag,
      params,
      handle: async ({ params: { userId }, query, signal }) =>
        shown.file(await ownerOf(context, userId), query, signal),
    })
    .on('GET /accounts/{userId}/days', {
      ...days,
      summary: 'The business days of one person, newest first',
      tag,
      params,
      handle: async ({ params: { userId }, query }) =>
        shown.days(await accountIdOf(context, userId), query),
    }).routes;
}

/** Account of a statement, and what its file is named after. */
interface Owner {
  accountId: string;
  name: string;
}

async function ownerOf(context: AccountContext, userId: string): Promise<Owner> {
  const { account, nickname } = await accountOf(context, userId);
  return { accountId: account.id, name: nickname ?? userId };
}

type Statements = ReturnType<typeof statements>;

function statements(context: AccountContext, sidecar: Sidecar) {
  const { currency, calendar } = context;
  return {
    async entries(
      accountId: string,
      { cursor, limit, ...asked }: z.infer<typeof schemas.entriesQuery>,
    ): Promise<Answer> {
      const before = decodeCursor(cursor, schemas.entryPlace);
      const request = { accountId, before, count: limit + 1, ...asked };
      const { entries: rows, tasksUnavailable } = await statementOf(context, sidecar, request);
      const page = toPage(
        rows,
        limit,
        (row) => presentEntry(row, currency),
        ({ place }) => place,
      );
      return ok({ ...page, tasksUnavailable });
    },

    async file(
      { accountId, name }: Owner,
      { locale, kind, ...asked }: z.infer<typeof schemas.entriesFileQuery>,
      signal: AbortSignal,
    ): Promise<Answer> {
      const range = await dayRange(context, asked);
      const filter = { accountId, kind, ...range };
      return csvAnswer({
        name: ['entries', name, range.from, range.to],
        columns: entryColumns,
        batches: exportedEntries(context, sidecar, filter, signal),
        format: { locale, currency, timeZone: calendar.timeZone },
      });
    },

    async days(accountId: string, asked: z.infer<typeof schemas.daysQuery>): Promise<Answer> {
      const found = await statementDays(context, accountId, asked);
      return ok({ items: found.map((day) => presentStatementDay(day, currency)) });
    },
  };
}
