import { decodeCursor, toPage } from '../../shared/http/cursor';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { returnFiledTransfers } from '../commands/return-filed-transfers';
import type { PaymentContext } from '../context';
import { policies } from '../policies';
import { listFiledTransfers } from '../queries/filed-transfers';
import { readPaymentFile } from '../queries/payment-files';
import { presentTransfer, returned, transferPlace, transfersPage } from './filed-transfers.schemas';
import { TAG, listQuery, params, paymentFile, presentFile } from './payment-files.schemas';

/** Builds the routes of the transfers inside a payment file, for people who manage payouts. */
export function filedTransfersRoutes(context: PaymentContext): readonly Route[] {
  return new RouteTable(policies)
    .on('GET /payment-files/{id}/transfers', {
      summary: 'Transfers inside a file, in the order of the file',
      tag: TAG,
      params,
      query: listQuery,
      answers: { 200: transfersPage },
      handle: async ({ params: { id }, query: { cursor, limit } }) => {
        const after = decodeCursor(cursor, transferPlace)?.place ?? 0;
        await readPaymentFile(context.database, id);
        const range = { after, limit: limit + 1 };
        const rows = await listFiledTransfers(context.database, id, range);
        return ok(toPage(rows, limit, presentTransfer, ({ place }) => ({ place })));
      },
    })
    .on('POST /payment-files/{id}/return', {
      summary: 'The bank sent the money of executed transfers of the file back',
      tag: TAG,
      params,
      body: returned,
      answers: { 200: paymentFile },
      handle: async ({ params: { id }, caller, body: { reason, transactions } }) => {
        const part = { fileId: id, actorId: caller.id, transactions };
        return ok(presentFile(await returnFiledTransfers(context, part, reason)));
      },
    }).routes;
}
