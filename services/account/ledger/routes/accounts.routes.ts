import { z } from 'zod';
import { bankAccount, fullName } from '../../../shared/contracts/fields';
import { csvAnswer, csvFile } from '../../../shared/http/csv/csv-answer';
import { decodeCursor, toPage } from '../../../shared/http/cursor';
import { RouteTable, ok, type Answer, type Route } from '../../../shared/http/route';
import type { AccountContext } from '../../context';
import { policies } from '../../policies';
import { changeAccount } from '../commands/change-account';
import { changeOwnBankAccount } from '../commands/change-own-bank-account';
import { accountOf, companyAccount, listAccounts } from '../queries/accounts';
import { exportedAccounts } from '../queries/exported-accounts';
import { accountColumns } from './accounts-file.presenter';
import { presentAccount, presentCompany, viewerOf, type Viewer } from './accounts.presenter';
import * as schemas from './accounts.schemas';

const params = schemas.accountParams;
const OWNER: Viewer = { maySeeNumbers: true };

/** Returns the routes of the caller's own account. */
export function ownMoneyRoutes(context: AccountContext): Route[] {
  return new RouteTable(policies)
    .on('GET /accounts/me', {
      summary: 'Balance, what today brought, and what the next payout would be',
      tag: 'own money',
      answers: { 200: schemas.account },
      handle: async ({ caller }) => {
        return accountAnswer(context, caller.id, OWNER);
      },
    })
    .on('PUT /accounts/me/bank-account', {
      summary: 'Change where payouts go, from the next attempt on',
      tag: 'own money',
      body: z.strictObject({ bankAccount, fullName: fullName.optional() }),
      answers: { 200: schemas.account },
      handle: async ({ caller, body }) => {
        await changeOwnBankAccount(context, caller.id, body.bankAccount, body.fullName);
        return accountAnswer(context, caller.id, OWNER);
      },
    }).routes;
}

/** Returns the lists of all accounts, for accountants. */
export function listedAccountsRoutes(context: AccountContext): Route[] {
  const { currency, calendar } = context;
  return new RouteTable(policies)
    .on('GET /accounts', {
      summary: 'All accounts, the newest first',
      tag: 'all money',
      query: schemas.accountsQuery,
      answers: { 200: schemas.accountsPage },
      handle: async ({ caller, query: { cursor, limit, ...filter } }) => {
        const before = decodeCursor(cursor, schemas.accountPlace)?.id ?? null;
        const rows = await listAccounts(context, filter, { before, count: limit + 1 });
        return ok(
          toPage(
            rows,
            limit,
            (row) => presentAccount(row, currency, viewerOf(caller)),
            ({ account: { id } }) => ({ id }),
          ),
        );
      },
    })
    .on('GET /accounts.csv', {
      summary: 'All accounts as a file, the newest first',
      tag: 'all money',
      query: schemas.accountsFileQuery,
      answers: { 200: csvFile },
      handle: async ({ caller, query: { locale, ...filter }, signal }) =>
        csvAnswer({
          name: ['accounts'],
          columns: accountColumns(viewerOf(caller)),
          batches: exportedAccounts(context, filter, signal),
          format: { locale, currency, timeZone: calendar.timeZone },
        }),
    }).routes;
}

/**
 * Returns the routes of one account, for accountants; the company's payouts go to
 * `companyBankAccount`.
 */
export function allMoneyRoutes(context: AccountContext, companyBankAccount: string): Route[] {
  return new RouteTable(policies)
    .on('GET /accounts/company', {
      summary: 'The account of the company: the other side of every fee and reward',
      tag: 'all money',
      answers: { 200: schemas.companyView },
      handle: async ({ caller }) => {
        const record = await companyAccount(context);
        const { currency } = context;
        return ok(presentCompany(record, companyBankAccount, currency, viewerOf(caller)));
      },
    })
    .on('GET /accounts/{userId}', {
      summary: 'The account of one person',
      tag: 'all money',
      params,
      answers: { 200: schemas.account },
      handle: async ({ caller, params: { userId } }) => {
        return accountAnswer(context, userId, viewerOf(caller));
      },
    })
    .on('PATCH /accounts/{userId}', {
      summary: 'Correct the number payouts go to, hold payouts or let them go again',
      tag: 'all money',
      params,
      body: schemas.accountChange,
      answers: { 200: schemas.account },
      handle: async ({ caller, params: { userId }, body, ifMatch }) => {
        await changeAccount(context, { userId, actorId: caller.id, basedOn: ifMatch! }, body);
        return accountAnswer(context, userId, viewerOf(caller));
      },
    }).routes;
}

async function accountAnswer(
  context: AccountContext,
  userId: string,
  viewer: Viewer,
): Promise<Answer> {
  const record = await accountOf(context, userId);
  return ok(presentAccount(record, context.currency, viewer), record.account.version);
}
