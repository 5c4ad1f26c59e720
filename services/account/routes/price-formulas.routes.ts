import { z } from 'zod';
import { moment, pageOf, pageQuery } from '../../shared/contracts/fields';
import { decodeCursor, toPage } from '../../shared/http/cursor';
import { RouteTable, created, ok, type Route } from '../../shared/http/route';
import { addPriceFormula } from '../commands/add-price-formula';
import { policies } from '../policies';
import type { Books } from '../queries/books';
import { listPriceFormulas } from '../queries/price-formulas';
import { presentFormula } from './price-formulas.presenter';
import { formulaPlace, formulaView, rate } from './price-formulas.schemas';

/** How prices are drawn, version by version. */
export function priceFormulasRoutes(books: Books): Route[] {
  const amount = z.strictObject({
    amount: z.string().regex(/^\d{1,18}$/),
    currency: z.literal(books.currency),
  });
  return new RouteTable(policies)
    .on('GET /price-formulas', {
      summary: 'All versions of the price formula, newest first',
      tag: 'formulas',
      query: z.strictObject(pageQuery),
      answers: { 200: pageOf(formulaView) },
      handle: async ({ query: { cursor, limit } }) => {
        const before = decodeCursor(cursor, formulaPlace)?.version ?? null;
        const rows = await listPriceFormulas(books, { before, count: limit + 1 });
        return ok(
          toPage(
            rows,
            limit,
            (row) => presentFormula(row, books.currency),
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
        const formula = await addPriceFormula(books, {
          validFrom: body.validFrom === undefined ? null : new Date(body.validFrom),
          priceMinCents: BigInt(body.priceMin.amount),
          priceMaxCents: BigInt(body.priceMax.amount),
          writeOffRate: body.writeOffRate,
          accrualRate: body.accrualRate,
          actorId: caller.id,
          request: { target, idempotencyKey },
        });
        return created(presentFormula(formula, books.currency));
      },
    }).routes;
}
