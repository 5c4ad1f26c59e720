import { z } from 'zod';
import { getReturnedTransfers } from '../../shared/contracts/calls/payment';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { toMoney } from '../../shared/kernel/money';
import type { PaymentContext } from '../context';
import { policies } from '../policies';
import { returnedTransfersAfter, type ReturnedTransfer } from '../queries/returned-transfers';

const PAGE = 100;
/** 18 digits: always within PostgreSQL's bigint. */
const POSITION = /^(0|[1-9]\d{0,17})$/;
const params = z.strictObject({ after: z.string().regex(POSITION) });

/** Builds the route that lists returned transfers. */
export function returnedTransfersRoutes({ database }: PaymentContext): readonly Route[] {
  return new RouteTable(policies).on('GET /returned-transfers/{after}', {
    summary: 'Transfers whose money the bank sent back, after a position',
    tag: 'bank transfers',
    params,
    answers: { 200: getReturnedTransfers.response },
    handle: async ({ params: { after } }) => {
      const found = await returnedTransfersAfter(database, BigInt(after), PAGE);
      return ok({ items: found.map(present) });
    },
  }).routes;
}

function present({ position, key, amountCents, currency, reason, returnedAt }: ReturnedTransfer) {
  const money = toMoney(amountCents, currency);
  const facts = { reason, returnedAt: returnedAt.toISOString() };
  return { position: position.toString(), key, ...money, ...facts };
}
