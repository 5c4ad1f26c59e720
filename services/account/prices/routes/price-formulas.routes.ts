import { z } from 'zod';
import { moment } from '../../../shared/contracts/fields';
import { pageOf, pageQuery } from '../../../shared/contracts/paging';
import { decodeCursor, toPage } from '../../../shared/http/cursor';
import { RouteTable, created, noContent, ok, type Route } from '../../../shared/http/route';
import type { AccountContext } from '../../context';
import { policies } from '../../policies';
import { addPriceFormula } from '../commands/add-price-formula';
import { withdrawPriceFormula } from '../commands/withdraw-price-formula';
import { listPriceFormulas } from '../queries/price-formulas';
import { presentFormula } from './price-formulas.presenter';
import { formulaParams, formulaPlace, formulaView, rate } from './price-formulas.schemas';

/** Returns the routes of price formulas. */
export function priceFormulasRoutes(context: AccountContext): Route[] {
  const amount = z.strictObject({
    amount: z.string().regex(/^\d{1,18}$/),
    currency: z.literal(context.currency),
  });
  return new RouteTable(policies)
    .on('GET /price-formulas', {
      summary: 'All versions of the price formula, newest first',
      tag: 'formulas',
      query: z.strictObject(pageQuery),
      answers: { 200: pageOf(formulaView) },
      handle: async ({ query: { cursor, limit } }) => {
        const before = decodeCursor(cursor, formulaPlace)?.version ?? null;
        const rows = await listPriceFormulas(context, { before, count: limit + 1 });
        return ok(
          toPage(
            rows,
            limit,
            (row) => presentFormula(row, context.currency),
            ({ version }) => ({ version }),
          ),
        );
      },
    })
    .on('POST /price-formulas', {
      summary: 'Draw prices differently from a moment on; drawn ones stay',
      tag: 'formulas',
      body: z.strictObject({
        validFrom: moment.optional(),
        priceMin: amount,
        priceMax: amount,
        writeOffRate: rate,
        accrualRate: rate,
      }),
      answers: { 201: formulaView },
      handle: async ({ body, caller, target, idempotencyKey }) => {
        const formula = await addPriceFormula(context, {
          validFrom: body.validFrom === undefined ? null : new Date(body.validFrom),
          priceMinCents: BigInt(body.priceMin.amount),
          priceMaxCents: BigInt(body.priceMax.amount),
          writeOffRate: body.writeOffRate,
          accrualRate: body.accrualRate,
          actorId: caller.id,
          request: { target, idempotencyKey },
        });
        return created(presentFormula(formula, context.currency));
      },
    })
    .on('DELETE /price-formulas/{version}', {
      summary: 'Withdraw a version before its start; no price is ever drawn by it',
      tag: 'formulas',
      params: formulaParams,
      answers: { 204: null },
      handle: async ({ params: { version }, caller }) => {
        await withdrawPriceFormula(context, { version, actorId: caller.id });
        return noContent();
      },
    }).routes;
}
