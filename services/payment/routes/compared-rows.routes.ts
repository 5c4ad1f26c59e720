import { bankTransferDigests, bankTransferRows } from '../../shared/contracts/calls/compared-rows';
import type { Database } from '../../shared/db/data-source';
import { ok, RouteTable, type Route } from '../../shared/http/route';
import { policies } from '../policies';
import { digestSucceeded, listSucceeded } from '../queries/compared-rows';

const tag = 'operations';

/** Returns the routes by which Account compares its attempts with bank transfers. */
export function comparedRowsRoutes(database: Database): Route[] {
  return new RouteTable(policies)
    .on('POST /bank-transfers/digests', {
      summary: 'Count and hash of successful bank transfers by range of keys',
      tag,
      body: bankTransferDigests.request,
      answers: { 200: bankTransferDigests.response },
      handle: async ({ body }) => ok({ digests: await digestSucceeded(database, body.bounds) }),
    })
    .on('POST /bank-transfers/rows', {
      summary: 'Successful bank transfers of a range of keys',
      tag,
      body: bankTransferRows.request,
      answers: { 200: bankTransferRows.response },
      handle: async ({ body }) => ok({ rows: await listSucceeded(database, body) }),
    }).routes;
}
