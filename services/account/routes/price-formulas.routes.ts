import { z } from 'zod';
import { moment, money, pageOf, pageQuery, uuid } from '../../shared/contracts/fields';
import { decodeCursor, toPage } from '../../shared/http/cursor';
import { RouteTable, created, ok, type Route } from '../../shared/http/route';
import { addPriceFormula } from '../commands/add-price-formula';
import { policies } from '../policies';
import type { Books } from '../queries/books';
import { priceFormulas } from '../queries/price-formulas';

const MAX_RATE_LENGTH = 7;
const rate = z.string().max(MAX_RATE_LENGTH).meta({ example: '0.5' });

const formula = z
  .object({
    version: z.int(),
    validFrom: moment,
    priceMin: money,
    priceMax: money,
    writeOffRate: rate,
    accrualRate: rate,
    createdBy: uuid.nullable(),
    createdAt: moment,
  })
  .meta({ id: 'PriceFormula' });

const place = z.strictObject({ version: z.int().min(1) });

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
      answers: { 200: pageOf(formula) },
      handle: async ({ query: { cursor, limit } }) => {
        const before = decodeCursor(cursor, place)?.version ?? null;
        const rows = await priceFormulas(books, { before, count: limit + 1 });
        return ok(
          toPage(
            rows,
            limit,
            (row) => row,
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
      answers: { 201: formula },
      handle: async ({ body, caller, target, idempotencyKey }) =>
        created(
          await addPriceFormula(books, {
            validFrom: body.validFrom === undefined ? null : new Date(body.validFrom),
            priceMinCents: BigInt(body.priceMin.amount),
            priceMaxCents: BigInt(body.priceMax.amount),
            writeOffRate: body.writeOffRate,
            accrualRate: body.accrualRate,
            actorId: caller.id,
            request: { target, idempotencyKey },
          }),
        ),
    }).routes;
}
