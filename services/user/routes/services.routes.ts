import {
  activeEmployeeIds,
  subordinateIds,
  userBankAccount,
  userEmail,
} from '../../shared/contracts/calls/user';
import type { Database } from '../../shared/db/data-source';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { policies } from '../policies';
import * as team from '../queries/team';
import { readBankAccount, readEmail } from '../queries/users';
import { userParams } from './users.schemas';

const tag = 'services';

/** Returns the routes for other services; the gateway does not expose them. */
export function servicesRoutes(database: Database): readonly Route[] {
  return new RouteTable(policies)
    .on('GET /active-employee-ids', {
      summary: 'Everybody whom tasks can be dealt to',
      tag,
      answers: { 200: activeEmployeeIds.response },
      handle: async () => ok({ ids: await team.activeEmployeeIds(database) }),
    })
    .on('GET /users/{id}/subordinate-ids', {
      summary: 'Everybody below a manager, at any depth',
      tag,
      params: userParams,
      answers: { 200: subordinateIds.response },
      handle: async ({ params }) => ok({ ids: await team.subordinateIds(database, params.id) }),
    })
    .on('GET /users/{id}/email', {
      summary: 'Where letters to a person go and in which language',
      tag,
      params: userParams,
      answers: { 200: userEmail.response },
      handle: async ({ params }) => ok(await readEmail(database, params.id)),
    })
    .on('GET /users/{id}/bank-account', {
      summary: 'The number given at registration, until the account is open, and its holder',
      tag,
      params: userParams,
      answers: { 200: userBankAccount.response },
      handle: async ({ params }) => ok(await readBankAccount(database, params.id)),
    }).routes;
}
