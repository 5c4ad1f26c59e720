import { z } from 'zod';
import { decodeCursor, toPage } from '../../shared/http/cursor';
import { RouteTable, attachment, ok, type Route } from '../../shared/http/route';
import { confirmPaymentFile } from '../commands/confirm-payment-file';
import { downloadPaymentFile } from '../commands/download-payment-file';
import { readFileStatus } from '../commands/read-file-status';
import { rejectPaymentFile } from '../commands/reject-payment-file';
import type { PaymentContext } from '../context';
import { policies } from '../policies';
import { listPaymentFiles } from '../queries/payment-files';
import {
  TAG,
  confirmation,
  filePlace,
  filesPage,
  listQuery,
  params,
  paymentFile,
  presentFile,
  rejection,
} from './payment-files.schemas';

const XML = 'application/xml';
/** Room for a kilobyte about each transfer of a full file; the sidecars' limit is 4 MB. */
const MAX_REPORT_BYTES = 2_000_000;

/** Builds the routes of payment files, for people who manage payouts. */
export function paymentFilesRoutes(context: PaymentContext): readonly Route[] {
  return new RouteTable(policies)
    .on('GET /payment-files', {
      summary: 'Files for the bank, and the orders that wait for the next one, newest day first',
      tag: TAG,
      query: listQuery,
      answers: { 200: filesPage },
      handle: async ({ query: { cursor, limit } }) => {
        const after = decodeCursor(cursor, filePlace);
        const rows = await listPaymentFiles(context.database, { after, limit: limit + 1 });
        const placeOf = ({ businessDay, currency, number }: (typeof rows)[number]): object => {
          return { businessDay, currency, number };
        };
        return ok(toPage(rows, limit, presentFile, placeOf));
      },
    })
    .on('GET /payment-files/{id}/file', {
      summary: 'The file (pain.001.001.09); made at the first download, and never changed',
      tag: TAG,
      params,
      answers: { 200: z.string().meta({ contentMediaType: XML }) },
      handle: async ({ params: { id }, caller }) => {
        const { document, name } = await downloadPaymentFile(context, id, caller.id);
        return attachment(document, XML, name);
      },
    })
    .on('POST /payment-files/{id}/confirm', {
      summary: 'The bank executed the file, or the named transfers of it',
      tag: TAG,
      params,
      body: confirmation,
      answers: { 200: paymentFile },
      handle: async ({ params: { id }, caller, body: { transactions = null } }) => {
        const part = { fileId: id, actorId: caller.id, transactions };
        return ok(presentFile(await confirmPaymentFile(context, part)));
      },
    })
    .on('POST /payment-files/{id}/reject', {
      summary: 'The bank refused the file, or the named transfers of it',
      tag: TAG,
      params,
      body: rejection,
      answers: { 200: paymentFile },
      handle: async ({ params: { id }, caller, body: { reason, transactions = null } }) => {
        const part = { fileId: id, actorId: caller.id, transactions };
        return ok(presentFile(await rejectPaymentFile(context, part, reason)));
      },
    })
    .on('POST /payment-files/{id}/status', {
      summary: 'The bank’s status report about the file (pain.002.001.10)',
      tag: TAG,
      params,
      body: z.string().min(1),
      consumes: { type: XML, limitBytes: MAX_REPORT_BYTES },
      answers: { 200: paymentFile },
      handle: async ({ params: { id }, caller, body }) => {
        const by = { fileId: id, actorId: caller.id };
        return ok(presentFile(await readFileStatus(context, by, body)));
      },
    }).routes;
}
