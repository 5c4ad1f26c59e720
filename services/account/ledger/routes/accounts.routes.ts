import { z } from 'zod';
import { bankAccount, fullName, pageQuery, uuid } from '../../../shared/contracts/fields';
import type { Sidecar } from '../../../shared/dapr/sidecar';
import type { Caller } from '../../../shared/http/caller';
import { decodeCursor, toPage } from '../../../shared/http/cursor';
import { RouteTable, ok, type Answer, type Route } from '../../../shared/http/route';
import type { AccountContext } from '../../context';
import { policies } from '../../policies';
import { changeAccount } from '../commands/change-account';
import { changeOwnBankAccount } from '../commands/change-own-bank-account';
import { accountOf, listAccounts } from '../queries/accounts';
import { statementOf } from '../queries/statement';
import { presentAccount, presentEntry, type Viewer } from './accounts.presenter';
import {
  account,
  accountChange,
  accountPlace,
  accountsPage,
  entriesPage,
  entriesQuery,
  entryPlace,
} from './accounts.schemas';

const params = z.strictObject({ userId: uuid });
const OWNER: Viewer = { maySeeNumbers: true };

/**
 * Returns what the caller may see: accountants see bank account numbers, other callers see them
 * masked.
 */
function viewerOf({ role }: Caller): Viewer {
  return { maySeeNumbers: role === 'accountant' };
}

/** Returns the routes of the caller's own account. */
export function ownMoneyRoutes(context: AccountContext, sidecar: Sidecar): Route[] {
  return new RouteTable(policies)
    .on('GET /accounts/me', {
      summary: 'Balance, what today brought, and what the next payout would be',
      tag: 'own money',
      answers: { 200: account },
      handle: async ({ caller }) => {
        return accountAnswer(context, caller.id, OWNER);
      },
    })
    .on('GET /accounts/me/entries', {
      summary: 'Every fee, reward and payout, newest first, with the task it came from',
      tag: 'own money',
      query: entriesQuery,
      answers: { 200: entriesPage },
      handle: async ({ caller, query }) => ok(await statement(context, sidecar, caller.id, query)),
    })
    .on('PUT /accounts/me/bank-account', {
      summary: 'Change where payouts go, from the next attempt on',
      tag: 'own money',
      body: z.strictObject({ bankAccount, fullName: fullName.optional() }),
      answers: { 200: account },
      handle: async ({ caller, body }) => {
        await changeOwnBankAccount(context, caller.id, body.bankAccount, body.fullName);
        return accountAnswer(context, caller.id, OWNER);
      },
    }).routes;
}

/** Returns the routes of all accounts, for accountants. */
export function allMoneyRoutes(context: AccountContext, sidecar: Sidecar): Route[] {
  return new RouteTable(policies)
    .on('GET /accounts', {
      summary: 'All accounts, the newest first',
      tag: 'all money',
      query: z.strictObject(pageQuery),
      answers: { 200: accountsPage },
      handle: async ({ caller, query: { cursor, limit } }) => {
        const before = decodeCursor(cursor, accountPlace)?.id ?? null;
        const rows = await listAccounts(context, { before, count: limit + 1 });
        return ok(
          toPage(
            rows,
            limit,
            (row) => presentAccount(row, context.currency, viewerOf(caller)),
            ({ account: { id } }) => ({ id }),
          ),
        );
      },
    })
    .on('GET /accounts/{userId}', {
      summary: 'The account of one person',
      tag: 'all money',
      params,
      answers: { 200: account },
      handle: async ({ caller, params: { userId } }) => {
        return accountAnswer(context, userId, viewerOf(caller));
      },
    })
    .on('PATCH /accounts/{userId}', {
      summary: 'Correct the number payouts go to, hold payouts or let them go again',
      tag: 'all money',
      params,
      body: accountChange,
      answers: { 200: account },
      handle: async ({ caller, params: { userId }, body, ifMatch }) => {
        await changeAccount(context, { userId, actorId: caller.id, basedOn: ifMatch! }, body);
        return accountAnswer(context, userId, viewerOf(caller));
      },
    })
    .on('GET /accounts/{userId}/entries', {
      summary: 'The statement of one person',
      tag: 'all money',
      params,
      query: entriesQuery,
      answers: { 200: entriesPage },
      handle: async ({ params: { userId }, query }) =>
        ok(await statement(context, sidecar, userId, query)),
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

async function statement(
  context: AccountContext,
  sidecar: Sidecar,
  userId: string,
  { cursor, limit, ...asked }: z.infer<typeof entriesQuery>,
): Promise<z.infer<typeof entriesPage>> {
  const before = decodeCursor(cursor, entryPlace);
  const request = { userId, before, count: limit + 1, ...asked };
  const { entries, tasksUnavailable } = await statementOf(context, sidecar, request);
  const page = toPage(
    entries,
    limit,
    (row) => presentEntry(row, context.currency),
    ({ place }) => place,
  );
  return { ...page, tasksUnavailable };
}
