import { z } from 'zod';
import {
  getBankTransfer,
  putBankTransfer as putBankTransferCall,
  withdrawBankTransfer as withdrawBankTransferCall,
  type BankTransferState,
} from '../../shared/contracts/calls/payment';
import { uuid } from '../../shared/contracts/fields';
import { RouteTable, ok, type Answer, type Route } from '../../shared/http/route';
import { putBankTransfer } from '../commands/put-bank-transfer';
import { withdrawBankTransfer } from '../commands/withdraw-bank-transfer';
import type { PaymentContext } from '../context';
import { policies } from '../policies';
import { bankTransferOf, type BankTransfer } from '../queries/bank-transfer';
import type { TransferOrder } from '../queries/same-order';

const ACCEPTED = 202;
const params = z.strictObject({ key: uuid });
const answers = { 200: getBankTransfer.response, 202: getBankTransfer.response };

/** Builds the routes that order, withdraw and read bank transfers. */
export function bankTransfersRoutes(context: PaymentContext): readonly Route[] {
  return new RouteTable(policies)
    .on('PUT /bank-transfers/{key}', {
      summary: 'Move money to a bank account, once per key',
      tag: 'bank transfers',
      params,
      body: putBankTransferCall.request,
      answers,
      handle: async ({ params, body }) =>
        answer(await putBankTransfer(context, orderOf(params, body))),
    })
    .on('POST /bank-transfers/{key}/withdraw', {
      summary: 'Take an order back that has not arrived yet',
      tag: 'bank transfers',
      params,
      body: withdrawBankTransferCall.request,
      answers,
      handle: async ({ params, body }) =>
        answer(await withdrawBankTransfer(context, orderOf(params, body))),
    })
    .on('GET /bank-transfers/{key}', {
      summary: 'What became of a bank transfer',
      tag: 'bank transfers',
      params,
      answers,
      handle: async ({ params: { key } }) => answer(await bankTransferOf(context.database, key)),
    }).routes;
}

function orderOf(
  { key }: z.infer<typeof params>,
  body: z.infer<typeof putBankTransferCall.request>,
): TransferOrder {
  const { amount, currency, bankAccount, businessDay = null, creditorName = null } = body;
  return { key, amountCents: BigInt(amount), currency, bankAccount, businessDay, creditorName };
}

function answer({ state, bankReference, reason, waitingFor }: BankTransfer): Answer {
  const waiting = state === 'in_progress' && waitingFor !== null ? { waitingFor } : {};
  const body = { outcome: state, bankReference, reason, ...waiting } as BankTransferState;
  return state === 'in_progress' ? { status: ACCEPTED, body } : ok(body);
}
