import { askPrice } from '../../shared/contracts/calls/account';
import { RouteTable, ok, type Route } from '../../shared/http/route';
import { priceTask } from '../commands/price-task';
import { policies } from '../policies';
import type { Books } from '../queries/books';

/** What Board asks when a task is created. */
export function pricesRoutes(
  books: Books,
  randomInteger: (min: number, max: number) => number,
): Route[] {
  return new RouteTable(policies).on('POST /prices', {
    summary: 'The price of a task: drawn once, the same ever after',
    tag: 'services',
    body: askPrice.request,
    answers: { 200: askPrice.response },
    handle: async ({ body: { taskId, known } }) =>
      ok(await priceTask(books, randomInteger, { taskId, known })),
  }).routes;
}
